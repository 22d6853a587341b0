/** Serves the editor on this machine until Ctrl-C: by itself, or with a graph file that it opens and saves. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { GraphError, parseGraph } from "@patchbay/graph-core";
import { createNodeHost } from "@patchbay/runtime/host-node";
import { EXIT, usage, type ExitCode } from "../exit.ts";
import type { EditFlags } from "../commands/edit.ts";
import { visible } from "../report/style.ts";
import type { Terminal } from "../terminal.ts";
import { createAccess } from "./access.ts";
import { createDroppedFiles } from "./dropped-files.ts";
import { editorSite } from "./editor-site.ts";
import { createGraphFile } from "./graph-file.ts";
import { serveLinkedGraph } from "./linked-graph.ts";
import { listen, type Listening } from "./listen.ts";
import { serveSite } from "./site-files.ts";

const USUAL_PORT = 4173;

export async function edit(graph: string | undefined, flags: EditFlags, terminal: Terminal): Promise<ExitCode> {
  const site = editorSite();
  const wished = flags.port ?? portOf(process.env["PORT"]);
  const port = { port: wished ?? USUAL_PORT, strict: wished !== undefined };
  if (graph === undefined) {
    const server = await listen(serveSite(site), port);
    return untilEnd(server, server.url, `Patchbay is at ${server.url}`, flags, terminal);
  }
  const { server, url } = await serveGraph(await graphPath(graph), { site, ...port });
  return untilEnd(server, url, `${visible(graph)} is open at ${url}`, flags, terminal);
}

/** The editor in the folder `site` with the graph at `file`; the address holds what lets its page read and write. */
export async function serveGraph(file: string, { site, port, strict = false }: { site: string; port: number; strict?: boolean }): Promise<{ server: Listening; url: string }> {
  const folder = path.dirname(file);
  const graph = createGraphFile(file);
  const { text } = await graph.read();
  const found = text === "" ? null : parseGraph(text);
  if (found && !found.document) throw new GraphError(found.diagnostics);
  let bound = 0;
  const access = createAccess(() => bound);
  const api = serveLinkedGraph({
    file, graph, access, dropped: createDroppedFiles(folder),
    host: createNodeHost({ graphFolder: folder, packagesFrom: [import.meta.url, import.meta.resolve("@patchbay/nodes")] }),
  });
  const page = serveSite(site);
  const server = await listen((request, response) => ((request.url ?? "").startsWith("/api/") ? api : page)(request, response), { port, strict });
  bound = server.port;
  return { server, url: `${server.url}#edit=${access.token}` };
}

async function untilEnd(server: Listening, url: string, sentence: string, flags: EditFlags, terminal: Terminal): Promise<ExitCode> {
  // Before anybody is told that it runs: who reads the address may end it at once.
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  terminal.print(sentence);
  terminal.note("Ctrl-C ends it.");
  if (flags.open !== false) await openBrowser(url, terminal);
  await ended;
  await server.close();
  return EXIT.ok;
}

async function openBrowser(url: string, terminal: Terminal): Promise<void> {
  const note = (): void => terminal.note("No browser could be opened here; open the address yourself.");
  try {
    const { default: open } = await import("open");
    (await open(url)).once("error", note);
  } catch {
    note();
  }
}

/** A file that is there, or that can be made: its first save writes it. */
async function graphPath(graph: string): Promise<string> {
  const file = path.resolve(graph);
  const info = await stat(file).catch(() => null);
  if (info && !info.isFile()) throw usage(`${graph} is not a file; name a graph's JSON file.`);
  if (!info && !(await stat(path.dirname(file)).catch(() => null))?.isDirectory()) throw usage(`There is no folder ${path.dirname(graph)} for the graph file ${graph}.`);
  if (!info && !/\.json$/i.test(file)) throw usage(`There is no graph file ${graph}. The name of a new one ends with .json.`);
  return file;
}

function portOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw usage(`PORT is a number from 0 to 65535; "${text}" is not one.`);
  return port;
}
