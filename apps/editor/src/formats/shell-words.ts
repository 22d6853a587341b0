/** Words for shells: each is passed on exactly as it is, whatever it holds. */

export type Shell = "posix" | "powershell";

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** For `sh`, `bash`, `zsh`: everything between single quotes is literal. */
export function posixWord(word: string): string {
  if (PLAIN.test(word) && !word.startsWith("=")) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** For PowerShell 7: everything between single quotes is literal, and every kind of single quote is doubled. */
export function powershellWord(word: string): string {
  if (/^[A-Za-z0-9_=:./\\-]+$/.test(word)) return word;
  return `'${word.replace(/['‘’‚‛]/g, "$&$&")}'`;
}

export const shellWord = (word: string, shell: Shell): string => (shell === "posix" ? posixWord(word) : powershellWord(word));

/** One command, broken after the words that begin an option where it is long. */
export function commandText(words: readonly (readonly string[])[], shell: Shell): string {
  const groups = words.map((group) => group.map((word) => shellWord(word, shell)).join(" "));
  const line = groups.join(" ");
  return line.length <= 100 ? line : groups.join(shell === "posix" ? " \\\n  " : " `\n  ");
}
