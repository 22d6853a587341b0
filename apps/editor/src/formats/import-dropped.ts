/** What was dropped on the canvas or pasted into it becomes what it stands for: a picture an Image node, a folder a list of pictures, a graph a graph. */
import { isVisible, paramValues, type Change, type FileParam, type GraphBody, type GraphNode, type Json, type NodeDeclaration, type NodeRegistry, type Position } from "@patchbay/graph-core";
import type { EditorParts } from "../app/editor-parts.ts";
import { bodyAt, nodesById } from "../model/document-view.ts";
import { newNode } from "../model/edits/add-node.ts";
import { pasteChanges } from "../model/edits/paste.ts";
import { failureText } from "../storage/save-texts.ts";
import { bundleOf, freeFolder, keepBundle, missingText, type Bundle } from "./bundles.ts";
import type { Dropped, DroppedFile } from "./dropped-files.ts";
import { isPictureName, isVolumeName, knownFile, type KnownFile } from "./file-kind.ts";
import { listItems, listText } from "./file-uses.ts";
import { readGraphFile } from "./import-graph.ts";
import type { DropOptions } from "./import-drop.ts";
import { openImported } from "./open-imported.ts";


/** What a file parameter may be set to. */
type Wanted = FileParam["accept"];

const WHAT_FITS = "Pictures (JPEG, PNG, WebP), folders of pictures, networks (.onnx, or model.json with its shards), galleries, .csv files, scans (NIfTI, DICOM), and graphs (.json, .zip, or a PNG that carries one) can be dropped here.";
/** More pictures at once are one list. */
const MOST_NODES = 4;
const STEP = 260;

/** Whether something came of it. Everything that can go wrong is said in a notice. */
export async function importDropped(parts: EditorParts, dropped: Dropped, at: Position, options: DropOptions): Promise<boolean> {
  const { editor, files } = parts;
  for (const text of dropped.problems) editor.notify({ kind: "warning", text });
  try {
    if (dropped.files.length + dropped.folders.length === 0) return await pasteText(parts, dropped.text, at);
    const bundle = await bundleOf(dropped.files);
    const inBundle = new Set<Blob>(bundle ? [bundle.main.file, ...bundle.beside.map((one) => one.file)] : []);
    const known = await Promise.all(dropped.files.filter((one) => !inBundle.has(one.file)).map(({ path, file }) => knownFile(path, file, editor.registry)));
    for (const one of known) if (one.kind === "unknown") editor.notify({ kind: "warning", text: one.problem ?? `“${one.name}” is nothing that a graph can use. ${WHAT_FITS}` });
    const folders: { name: string; files: readonly DroppedFile[] }[] = [];
    for (const folder of dropped.folders) if (!(await openFolder(parts, folder))) folders.push(folder);
    for (const one of known) if (one.kind === "graph") await openImported(parts, one.graph, one.name);
    const rest = known.filter((one): one is Extract<KnownFile, { bytes: Uint8Array }> => "bytes" in one);
    if (rest.length + folders.length === 0 && !bundle) return known.some((one) => one.kind === "graph") || dropped.folders.length > 0;
    const { readOnly } = editor.store.getState();
    if (readOnly !== null) {
      editor.notify({ kind: "warning", text: readOnly });
      return false;
    }
    const kept: Kept[] = [];
    if (bundle) kept.push(await keepNamed(parts, bundle));
    for (const { kind, name, bytes } of rest) kept.push({ wanted: kind === "picture" ? "image" : kind, path: await files.add(name, bytes), title: name });
    for (const folder of folders) {
      const one = await keepFolder(parts, folder);
      if (one) kept.push(one);
    }
    if (kept.length === 0) return false;
    return options.node === undefined ? addNodes(parts, kept, at) : await setOn(parts, options.node, kept);
  } catch (error) {
    editor.notify({ kind: "error", text: failureText(error).replace("the last edits are", "what was dropped is").replace("The last edits could not be saved", "What was dropped could not be kept") });
    return false;
  }
}

interface Kept {
  wanted: Wanted;
  /** By which the graph names it. */
  path: string;
  title: string;
}

async function pasteText(parts: EditorParts, text: string, at: Position): Promise<boolean> {
  const { editor } = parts;
  const { history, scope } = editor.store.getState();
  const body = bodyAt(history.document, scope);
  if (/^\s*\{[^]{0,400}"patchbay-graph"/.test(text)) {
    const graph = readGraphFile(new TextEncoder().encode(text), "graph.json", editor.registry);
    if (graph && "document" in graph) return openImported(parts, graph).then(() => true);
    if (graph) editor.notify({ kind: "warning", text: graph.problem });
    return false;
  }
  const pasted = body && pasteChanges(text, at, body, editor.registry);
  if (!pasted) return false;
  editor.edit(pasted.changes, { label: "Paste" });
  editor.select(pasted.selection);
  return true;
}

/** A folder with a graph in it, as an unpacked export, is that graph. */
async function openFolder(parts: EditorParts, { files }: { files: readonly DroppedFile[] }): Promise<boolean> {
  for (const { path, file } of files) {
    if (!/^[^/]+\.json$/i.test(path) || file.size > 64 * 2 ** 20) continue;
    const graph = readGraphFile(new Uint8Array(await file.arrayBuffer()), path, parts.editor.registry);
    if (!graph || !("document" in graph)) continue;
    const beside = await Promise.all(files.filter((other) => other.path !== path).map(async (other) => [other.path, new Uint8Array(await other.file.arrayBuffer())] as const));
    await openImported(parts, { ...graph, files: new Map([...graph.files, ...beside]) }, path);
    return true;
  }
  return false;
}

/** A model with its shards, or a list with its pictures. */
async function keepNamed({ editor, files }: EditorParts, bundle: Bundle, title = bundle.main.path): Promise<Kept> {
  const text = missingText(bundle);
  if (text) editor.notify({ kind: "warning", text });
  return { wanted: bundle.kind, path: await keepBundle(files, bundle), title: title.slice(title.lastIndexOf("/") + 1) };
}

/** Pictures of a folder under a name that no other folder has: those of a person's folder keep it, so that enrolment knows who they are. */
async function keepFolder(parts: EditorParts, { name, files: all }: { name: string; files: readonly DroppedFile[] }): Promise<Kept | null> {
  const { editor, files } = parts;
  const bundle = await bundleOf(all);
  if (bundle && !(bundle.kind === "dataset" && bundle.beside.length === 0)) return keepNamed(parts, { ...bundle, main: { ...bundle.main, path: `${name}/${bundle.main.path}` } });
  const slices = all.filter(({ path }) => isVolumeName(path));
  if (slices.length) {
    const folder = await freeFolder(files, name);
    for (const { path, file } of slices) await files.add(`${folder}/${path.replaceAll("/", "-")}`, file);
    return { wanted: "volume", path: slices.length === 1 ? `${folder}/${slices[0]!.path.replaceAll("/", "-")}` : folder, title: name };
  }
  const pictures = all.filter(({ path }) => isPictureName(path));
  if (pictures.length === 0) {
    editor.notify({ kind: "warning", text: `The folder “${name}” holds no pictures (JPEG, PNG or WebP).` });
    return null;
  }
  const folder = await freeFolder(files, name);
  for (const { path, file } of pictures) {
    const [first, ...deeper] = path.split("/");
    await files.add(deeper.length ? `${folder}/${first}/${deeper.join("-")}` : `${folder}/${first}`, file);
  }
  return { wanted: "images", path: folder, title: name };
}

function addNodes({ editor }: EditorParts, kept: readonly Kept[], at: Position): boolean {
  const { history, scope } = editor.store.getState();
  const body = bodyAt(history.document, scope);
  if (!body) return false;
  const pictures = kept.filter((one) => one.wanted === "image");
  const list = pictures.length > MOST_NODES && sourceFor(editor.registry, "images");
  const wanted: Kept[] = list ? [...kept.filter((one) => one.wanted !== "image"), { wanted: "images", path: pictures.map((one) => one.path).join(", "), title: `${pictures.length} pictures` }] : [...kept];
  const made: GraphNode[] = [];
  for (const one of wanted) {
    const found = sourceFor(editor.registry, one.wanted);
    if (!found) {
      editor.notify({ kind: "warning", text: `No node here takes “${one.title}”.` });
      continue;
    }
    const place = { x: at.x - 100 + (made.length % 2) * 24, y: at.y - 24 + made.length * STEP };
    made.push(newNode({ nodes: [...body.nodes, ...made] }, found.declaration, place, paramsFor(found.spec, one.path)));
  }
  if (made.length === 0) return false;
  const label = wanted.length === 1 ? `Drop ${wanted[0]!.title}` : `Drop ${kept.length} files`;
  const problems = editor.edit(made.map((node): Change => ({ kind: "add-node", node })), { label });
  editor.select({ nodes: made.map((node) => node.id) });
  return !problems.some((problem) => problem.severity === "error");
}

/** The node type that begins with such a file: the one called like it, then one that needs nothing else before one that does. */
function sourceFor(registry: NodeRegistry<NodeDeclaration>, wanted: Wanted): { declaration: NodeDeclaration; spec: FileParam } | null {
  const found = registry.declarations.flatMap((declaration) => {
    const spec = declaration.params.find((param): param is FileParam => param.kind === "file" && param.accept === wanted);
    return spec ? [{ declaration, spec, needs: declaration.inputs.filter((input) => !input.optional).length + (spec.visibleWhen ? 1 : 0) - (declaration.type.toLowerCase() === wanted ? 100 : 0) }] : [];
  });
  return found.sort((a, b) => a.needs - b.needs)[0] ?? null;
}

/** The file, and what has to be chosen for it to count. */
function paramsFor(spec: FileParam, path: string): { [name: string]: Json } {
  return { ...(spec.visibleWhen ? { [spec.visibleWhen.param]: spec.visibleWhen.equals[0]! } : {}), [spec.name]: path };
}

async function setOn(parts: EditorParts, id: string, kept: readonly Kept[]): Promise<boolean> {
  const { editor } = parts;
  const { history, scope } = editor.store.getState();
  const body: GraphBody | null = bodyAt(history.document, scope);
  const node = body && nodesById(body).get(id);
  const declaration = node && editor.registry.get(node.type);
  if (!declaration) return false;
  const values = paramValues(node, declaration);
  const specs = declaration.params.filter((param): param is FileParam => param.kind === "file");
  // One that shows before one that has to be switched to.
  const fitting = (wanted: readonly Wanted[]): FileParam | undefined => specs.filter((spec) => wanted.includes(spec.accept)).sort((a, b) => Number(isVisible(b, values)) - Number(isVisible(a, values)))[0];
  const [first] = kept;
  const spec = first && fitting(FITS[first.wanted] ?? [first.wanted]);
  if (!first || !spec) {
    const takes = specs.map((one) => TAKES[one.accept]);
    editor.notify({ kind: "warning", text: takes.length ? `“${node.title ?? declaration.title}” takes ${takes.join(" or ")}; drop “${first?.title ?? "this"}” beside it.` : `“${node.title ?? declaration.title}” takes no file; drop it beside the node.` });
    return false;
  }
  const value = spec.accept === "images" && first.wanted === "image" ? await longerList(parts, String(values[spec.name] ?? ""), kept) : first.path;
  const changes = Object.entries(paramsFor(spec, value)).map(([param, to]): Change => ({ kind: "set-param", node: id, param, value: to }));
  editor.edit(changes, { label: `Drop ${first.title}` });
  editor.select({ nodes: [id] });
  return true;
}

/** The pictures behind those of the list; a folder becomes the list of what is in it. */
async function longerList({ files }: EditorParts, before: string, kept: readonly Kept[]): Promise<string> {
  const added = kept.filter((one) => one.wanted === "image").map((one) => ({ label: "", reference: one.path, part: "" }));
  const items = listItems(before);
  const [only] = items;
  const folder = items.length === 1 && only && !isPictureName(only.reference) && !only.reference.startsWith("npm:") ? `${only.reference.replace(/\/+$/, "")}/` : null;
  if (folder === null) return listText([...items, ...added]);
  const inside = (await files.paths()).filter((path) => path.startsWith(folder) && isPictureName(path));
  const listed = inside.map((path) => {
    const [person, ...rest] = path.slice(folder.length).split("/");
    return { label: rest.length ? `${person}=` : "", reference: path, part: "" };
  });
  return listText([...listed, ...added]);
}

/** What else takes such a file, where it is dropped on a node. */
const FITS: { readonly [W in Wanted]?: readonly Wanted[] } = { image: ["image", "images"], images: ["images", "dataset", "volume"], signal: ["signal", "dataset"], volume: ["volume"] };

const TAKES: { readonly [W in Wanted]: string } = { image: "a picture", images: "pictures", gallery: "a gallery", onnx: "an .onnx file", network: "a network file", dataset: "a folder with one folder a class, or a list of pictures", signal: "a .csv file", volume: "a volume", json: "a .json file" };
