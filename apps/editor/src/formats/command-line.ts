/** The `patchbay run` line that does in a terminal what the editor does. */
import type { GraphDocument, Inference, Json, NodeDeclaration, NodeRegistry } from "@patchbay/graph-core";
import { fileStem } from "./file-name.ts";
import { listItems } from "./file-uses.ts";
import { changedSince, onceEach, portInputs, settingsOf, type Setting } from "./overrides.ts";
import { commandText, type Shell } from "./shell-words.ts";

export interface CommandLineOptions {
  registry: NodeRegistry<NodeDeclaration>;
  shell: Shell;
  /** The graph's file, as it is named from where the command is given. */
  file: string;
  /** What that file holds, where it is not this document: only what differs is set. */
  holds?: GraphDocument;
  /** Files that are not where the graph looks for them: they are given on the line. */
  missing?: readonly string[];
  /** Tells which outputs are pictures, which are saved. */
  types?: Inference["types"];
}

export function commandLine(document: GraphDocument, { registry, shell, file, holds, missing = [], types }: CommandLineOptions): string {
  const absent = new Set(missing);
  const wanted = (holds && changedSince(holds, document, registry)) ?? settingsOf(document, registry).filter((setting) => isToSupply(setting, absent));
  const settings = onceEach(wanted, document, registry);
  const words: string[][] = [["patchbay", "run", dashless(file)]];
  for (const setting of settings) words.push(setting.input === undefined ? ["--set", `${setting.key}=${valueText(setting.value)}`] : ["--input", `${setting.input}=${valueText(setting.value)}`]);
  for (const { name } of portInputs(document)) words.push(["--input", `${name}=VALUE`]);
  for (const { name, node, port } of document.interface.outputs) if (isPicture(types?.get(`${node}.${port}`))) words.push(["--output", `${name}=${pictureName(document, name)}`]);
  return commandText(words, shell);
}

function isToSupply({ input, spec, value }: Setting, absent: ReadonlySet<string>): boolean {
  if (spec.kind !== "file" || typeof value !== "string") return false;
  if (value === "") return input !== undefined && absent.has("");
  return spec.accept === "images" ? listItems(value).some((item) => absent.has(item.reference)) : absent.has(value);
}

/** As `--set` reads it back. */
export function valueText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const isPicture = (type: { kind: string; meaning?: string } | null | undefined): boolean => type?.kind === "image" || (type?.kind === "tensor" && type.meaning === "image");

function pictureName(document: GraphDocument, output: string): string {
  return document.interface.outputs.length === 1 ? `${fileStem(document.title)}.png` : `${fileStem(output)}.png`;
}

/** A file's name is no option, even if it begins like one. */
const dashless = (file: string): string => (file.startsWith("-") ? `./${file}` : file);
