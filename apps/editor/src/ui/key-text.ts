/** Shortcuts as people read them: `$mod+Shift+KeyZ` is `⇧⌘Z` on a Mac and `Ctrl+Shift+Z` elsewhere. */

const isMac = (): boolean => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

const NAMES: { readonly [key: string]: string } = {
  Space: "Space", Enter: "↵", Escape: "Esc", Delete: "Del", Backspace: "⌫", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→",
  Slash: "/", Period: ".", Comma: ",", Equal: "+", Minus: "−", BracketLeft: "[", BracketRight: "]", Backquote: "`", Semicolon: ";", Quote: "'", Backslash: "\\",
};
const MAC: { readonly [key: string]: string } = { $mod: "⌘", Meta: "⌘", Shift: "⇧", Alt: "⌥", Control: "⌃" };
const OTHERS: { readonly [key: string]: string } = { $mod: "Ctrl", Meta: "Win", Shift: "Shift", Alt: "Alt", Control: "Ctrl" };
/** The order in which a Mac's menus write them. */
const MAC_ORDER = ["Control", "Alt", "Shift", "$mod", "Meta"];

/** `keys` as tinykeys writes them. */
export function keyText(keys: string, mac: boolean = isMac()): string {
  return keys
    .split(" ")
    .map((press) => {
      const parts = press.split("+").filter((part) => part !== "");
      const key = parts.pop() ?? "+";
      const name = NAMES[key] ?? key.replace(/^(Key|Digit|Numpad)(?=.)/, "").replace(/^[a-z]$/, (letter) => letter.toUpperCase());
      if (!mac) return [...parts.map((part) => OTHERS[part] ?? part), name].join("+");
      return parts.sort((a, b) => MAC_ORDER.indexOf(a) - MAC_ORDER.indexOf(b)).map((part) => MAC[part] ?? part).join("") + name;
    })
    .join(" ");
}
