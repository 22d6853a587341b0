/**
 * The interface between `patchbay edit GRAPH` and its page, below `api/`. The page's side is the editor's `storage/linked-graph.ts`.
 *
 *     GET    api/graph               { name, folder, text, tag }
 *     HEAD   api/graph               ETag: the tag
 *     PUT    api/graph   If-Match    200 { tag } or, when the file is another than the tag says, 412 { text, tag }
 *     GET    api/file?path=          bytes, by the same rules as for a run
 *     GET    api/folder?path=        [names]
 *     GET    api/dropped             [paths]
 *     POST   api/dropped?name=       { path }
 *     DELETE api/dropped?path=       204
 *
 * Refusals are `{ code, message }` with a full sentence.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { Host } from "@patchbay/runtime/node-api";
import type { Access } from "./access.ts";
import type { DroppedFiles } from "./dropped-files.ts";
import type { GraphFile } from "./graph-file.ts";
import { ISOLATION, type Answer } from "./site-files.ts";

export interface LinkedGraphOptions {
  file: string;
  graph: GraphFile;
  dropped: DroppedFiles;
  host: Host;
  access: Access;
}

const LARGEST_GRAPH = 64 * 2 ** 20;
const LARGEST_DROP = 512 * 2 ** 20;

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function serveLinkedGraph(options: LinkedGraphOptions): Answer {
  return async (request, response) => {
    try {
      const refused = options.access.refuse(request);
      if (refused) throw new Refusal(refused, "not-allowed", "This address is for the page that `patchbay edit` opened. Start it again and use the address that it prints.");
      await answer(options, request, response);
    } catch (error) {
      const { status, code, message } = refusalOf(error);
      if (!response.headersSent) json(response, status, { code, message });
      else response.destroy();
    }
  };
}

async function answer({ file, graph, dropped, host }: LinkedGraphOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const asked = (name: string): string => {
    const value = url.searchParams.get(name);
    if (!value) throw new Refusal(400, "bad-request", `The request names no ${name}.`);
    return value;
  };
  switch (`${request.method} ${url.pathname}`) {
    case "GET /api/graph": {
      const { text, tag } = await graph.read();
      return json(response, 200, { name: path.basename(file), folder: path.dirname(file), text, tag });
    }
    case "HEAD /api/graph":
      return void response.writeHead(200, { ...HEADERS, ETag: `"${(await graph.read()).tag}"` }).end();
    case "PUT /api/graph": {
      const match = request.headers["if-match"];
      if (match === undefined) throw new Refusal(428, "bad-request", "The request does not say which content it replaces.");
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await bodyOf(request, LARGEST_GRAPH));
      if (!isGraph(text)) throw new Refusal(422, "not-a-graph", "What was sent is no graph; the file stays as it is.");
      const written = await graph.write(text, match === "*" ? null : match.replaceAll('"', ""));
      return written.kind === "written" ? json(response, 200, { tag: written.tag }) : json(response, 412, written.current);
    }
    case "GET /api/file": {
      const bytes = await host.readFile(asked("path"));
      return void response.writeHead(200, { ...HEADERS, "Content-Type": "application/octet-stream", "Content-Length": bytes.length }).end(bytes);
    }
    case "GET /api/folder":
      return json(response, 200, await host.listFolder(asked("path")));
    case "GET /api/dropped":
      return json(response, 200, dropped.paths());
    case "POST /api/dropped":
      return json(response, 200, { path: await dropped.add(asked("name"), await bodyOf(request, LARGEST_DROP)) });
    case "DELETE /api/dropped":
      await dropped.remove(asked("path"));
      return void response.writeHead(204, HEADERS).end();
    default:
      throw new Refusal(404, "bad-request", "There is nothing at this address.");
  }
}

const HEADERS = { ...ISOLATION, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "application/json" }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage, largest: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largest) throw new Refusal(413, "too-large", `What was sent is larger than ${largest / 2 ** 20} MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A first look that keeps anything else out of the file; the page has made it with the document's own writer. */
function isGraph(text: string): boolean {
  try {
    return (JSON.parse(text) as { format?: unknown } | null)?.format === "patchbay-graph";
  } catch {
    return false;
  }
}

function refusalOf(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return { status: 500, code: "failed", message: String(error) };
  if (error.name === "NodeFailure") {
    const { code, message } = error as Error & { code: string };
    return { status: code.startsWith("missing") ? 404 : 403, code, message };
  }
  return { status: error.name === "CommandError" ? 507 : 500, code: "failed", message: error.message };
}
