/** The pictures of a face report: a folder per person, or a CSV of pairs with the right answer. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { failed, usage } from "../exit.ts";

const PICTURE = /\.(jpe?g|png|webp)$/i;

export interface FaceSet {
  /** Files with the person where the folder says it; a CSV knows only pairs. */
  readonly pictures: readonly { readonly file: string; readonly person?: string }[];
  /** Indices into `pictures`. */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly same: boolean }[];
}

/** Reads `from`; throws CommandError with a sentence when there is nothing to report on. */
export async function readFaceSet(from: string): Promise<FaceSet> {
  const info = await stat(from).catch(() => undefined);
  if (!info) throw usage(`There is no folder or file ${from}.`);
  const set = info.isDirectory() ? await fromFolder(from) : await fromCsv(from);
  const same = set.pairs.filter((p) => p.same).length;
  if (same === 0 || same === set.pairs.length)
    throw failed(`${from} holds ${same} pairs of one person and ${set.pairs.length - same} of different people; both kinds are needed. Put the photos into one folder for each person, with two photos or more of someone.`);
  return set;
}

async function fromFolder(folder: string): Promise<FaceSet> {
  const people = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory() && !e.name.startsWith(".")).map((e) => e.name).sort();
  const pictures: { file: string; person: string }[] = [];
  for (const person of people)
    for (const name of (await readdir(path.join(folder, person))).filter((n) => PICTURE.test(n)).sort()) pictures.push({ file: path.join(folder, person, name), person });
  const pairs = pictures.flatMap((x, a) => pictures.slice(a + 1).map((y, i) => ({ a, b: a + 1 + i, same: x.person === y.person })));
  return { pictures, pairs };
}

/** Lines `file_x,file_y,Yes|No`, paths relative to the CSV; a first line whose answer is neither is taken for headings. */
async function fromCsv(file: string): Promise<FaceSet> {
  const lines = (await readFile(file, "utf8")).replace(/^\uFEFF/, "").split(/\r?\n/);
  const pictures: { file: string }[] = [];
  const known = new Map<string, number>();
  const indexOf = (name: string): number => {
    const full = path.resolve(path.dirname(file), name);
    const at = known.get(full) ?? pictures.push({ file: full }) - 1;
    known.set(full, at);
    return at;
  };
  const pairs: { a: number; b: number; same: boolean }[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === "") return;
    const [x, y, answer, ...rest] = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const same = /^(yes|true|1|same)$/i.test(answer ?? "") ? true : /^(no|false|0|different)$/i.test(answer ?? "") ? false : undefined;
    if (same === undefined && i === 0) return;
    if (!x || !y || same === undefined || rest.length) throw usage(`Line ${i + 1} of ${file} is not "file_x,file_y,Yes" or "…,No".`);
    pairs.push({ a: indexOf(x), b: indexOf(y), same });
  });
  return { pictures, pairs };
}
