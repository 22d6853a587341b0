/** What a dataset is read from: a folder with one folder a class, or a list of files with classes, of pairs, or of triplets. */
import { NodeFailure, type DatasetValue, type Host } from "@patchbay/runtime/node-api";
import { listPictures } from "../faces/picture-list.ts";
import { listed } from "../port-types.ts";

export interface ListedDataset {
  /** Each file once. */
  readonly examples: readonly { readonly reference: string; readonly name: string; readonly label: string }[];
  /** By index into `examples`. */
  readonly pairs?: NonNullable<DatasetValue["pairs"]>;
  readonly triplets?: NonNullable<DatasetValue["triplets"]>;
}

const LIST_FILE = /\.(csv|tsv|txt)$/i;
const PICTURE_FILE = /\.(jpe?g|png|webp)$/i;
const YES = /^(yes|true|1|same)$/i;
const NO = /^(no|false|0|different)$/i;

/** Whether a reference names a list of files rather than a folder. */
export const isList = (reference: string): boolean => LIST_FILE.test(reference) || reference.startsWith("data:") || reference.startsWith("given:");

/** A folder with one folder a class. Throws NodeFailure `no-labels` where pictures lie in no class's folder. */
export async function listFolders(host: Host, folder: string): Promise<ListedDataset> {
  if (PICTURE_FILE.test(folder)) throw new NodeFailure("not-dataset", `“${shortName(folder)}” is one picture. Choose a folder with one folder of pictures for each person or class, or a list (CSV) of files and classes.`, { param: "file" });
  const pictures = await listPictures(host, folder);
  const loose = pictures.filter((p) => p.label === undefined);
  if (loose.length === pictures.length) throw new NodeFailure("no-labels", `The folder “${folder}” holds pictures but no folders: put them into one folder for each person or class, whose name is theirs.`, { param: "file" });
  return { examples: pictures.filter((p) => p.label !== undefined).map(({ reference, name, label }) => ({ reference, name, label: label! })) };
}

/**
 * Lines of `file,class`, of `file,file,same` (yes/no, true/false, 1/0, same/different) or of `anchor,positive,negative`, separated by
 * commas, semicolons or tabs; a first line whose first cell names no picture is headings. Files lie relative to the list.
 * Where pairs or triplets are listed, files that are said to show one person, directly or over others, are one class, named by the first of them.
 * Throws NodeFailure `list-malformed` with the line, or `pairs-contradict`.
 */
export async function listFromText(text: string, list: string): Promise<ListedDataset> {
  const { default: papa } = await import("papaparse");
  const folder = list.includes("/") && !list.startsWith("data:") ? list.slice(0, list.lastIndexOf("/") + 1) : "";
  const rows = papa.parse<string[]>(text, { skipEmptyLines: "greedy" }).data.map((cells) => cells.map((c) => c.trim()));
  const headed = rows.length > 0 && !PICTURE_FILE.test(rows[0]![0] ?? "");
  const body = headed ? rows.slice(1) : rows;
  const first = body[0];
  if (!first) throw new NodeFailure("list-malformed", `The list “${shortName(list)}” names no pictures (JPEG, PNG or WebP).`, { param: "file" });
  const kind = first.length === 2 ? "classes" : YES.test(first[2] ?? "") || NO.test(first[2] ?? "") ? "pairs" : "triplets";
  body.forEach((cells, i) => {
    const files = kind === "classes" ? cells.slice(0, 1) : cells.slice(0, kind === "pairs" ? 2 : 3);
    const fits = cells.length === (kind === "classes" ? 2 : 3) && files.every((f) => PICTURE_FILE.test(f)) && (kind !== "pairs" || YES.test(cells[2]!) || NO.test(cells[2]!)) && (kind !== "classes" || cells[1] !== "");
    if (!fits) throw new NodeFailure("list-malformed", `Line ${i + 1 + Number(headed)} of “${shortName(list)}” is not ${FORMS[kind]} as the lines before it: ${cells.join(",")}`, { param: "file" });
  });

  const names: string[] = [];
  const known = new Map<string, number>();
  const indexOf = (name: string): number => {
    const at = known.get(name);
    if (at !== undefined) return at;
    known.set(name, names.length);
    return names.push(name) - 1;
  };
  const reference = (name: string): string => (/^(\/|npm:|[A-Za-z]:[\\/])/.test(name) ? name : folder + name);
  const examples = (label: (i: number) => string) => names.map((name, i) => ({ reference: reference(name), name, label: label(i) }));
  if (kind === "classes") {
    const labels = new Map<number, string>();
    for (const [name, label] of body as [string, string][]) {
      const at = indexOf(name);
      if (labels.has(at) && labels.get(at) !== label) throw new NodeFailure("list-malformed", `“${name}” is listed as “${labels.get(at)}” and as “${label}”.`, { param: "file" });
      labels.set(at, label);
    }
    return { examples: examples((i) => labels.get(i)!) };
  }
  const pairs = kind === "pairs" ? body.map(([a, b, same]) => ({ a: indexOf(a!), b: indexOf(b!), same: YES.test(same!) })) : undefined;
  const triplets = kind === "triplets" ? body.map(([a, p, n]) => ({ anchor: indexOf(a!), positive: indexOf(p!), negative: indexOf(n!) })) : undefined;
  const group = groups(names.length, [...(pairs ?? []).filter((p) => p.same).map((p) => [p.a, p.b] as const), ...(triplets ?? []).map((t) => [t.anchor, t.positive] as const)]);
  const apart = [...(pairs ?? []).filter((p) => !p.same).map((p) => [p.a, p.b] as const), ...(triplets ?? []).map((t) => [t.anchor, t.negative] as const)];
  const wrong = apart.find(([a, b]) => group[a] === group[b]);
  if (wrong) throw new NodeFailure("pairs-contradict", `“${shortName(list)}” says of ${listed(wrong.map((i) => `“${names[i]}”`))} that they show different people; by other lines, directly or over further files, they show one.`, { param: "file" });
  return { examples: examples((i) => names[group[i]!]!.replace(/\.[^.]+$/, "")), ...(pairs ? { pairs } : {}), ...(triplets ? { triplets } : {}) };
}

const FORMS = { classes: "“file,class”", pairs: "“file,file,same”", triplets: "“anchor,positive,negative”" } as const;

const shortName = (list: string): string => (list.startsWith("data:") ? "embedded list" : list.slice(list.lastIndexOf("/") + 1));

/** By example: the first example of its group, where links join two. */
function groups(count: number, links: readonly (readonly [number, number])[]): number[] {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (const [a, b] of links) {
    const [x, y] = [root(a), root(b)];
    parent[Math.max(x, y)] = Math.min(x, y);
  }
  return parent.map((_, i) => root(i));
}
