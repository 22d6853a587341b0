/** Reads a graph file from text or data of unknown origin: all mistakes at once, never an exception. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphDocument, Json } from "../document/document.ts";
import { cleanJson } from "./clean-json.ts";
import { FORMAT_HISTORY, type FormatHistory } from "./format-history.ts";
import { findSyntaxError } from "./find-syntax-error.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { readBody } from "./read-body.ts";
import { fieldsOf, isObject, type JsonObject } from "./read-fields.ts";
import { quote, Report } from "./report.ts";
import { scanText } from "./scan-text.ts";

export interface ParseOptions {
  /** Brings nodes up to their declarations' versions, and tells ports that take one wire. */
  registry?: NodeRegistry<NodeDeclaration>;
  limits?: Partial<Limits>;
}

export interface ParseResult {
  /** What could be kept; `null` when the file is not a graph at all, too large, or newer than this program. */
  document: GraphDocument | null;
  /** At most about two hundred; a last one says how many more there are. */
  diagnostics: Diagnostic[];
}

/** `source`: the file's text, or JSON that is parsed already. The result shares nothing with it. */
export function parseGraph(source: unknown, options: ParseOptions = {}): ParseResult {
  return parseWith(source, options, FORMAT_HISTORY);
}

/** `parseGraph` with the history of the format as an argument, so that migrations can be tested before there are any. */
export function parseWith(source: unknown, options: ParseOptions, history: FormatHistory): ParseResult {
  const report = new Report();
  let document: GraphDocument | null = null;
  try {
    document = read(source, options, history, report);
  } catch (error) {
    // Data that is not JSON can do anything when it is looked at: a getter may throw.
    report.error("unreadable", `The graph could not be read: ${describeError(error)}`);
  }
  return { document, diagnostics: report.list() };
}

function read(source: unknown, options: ParseOptions, history: FormatHistory, report: Report): GraphDocument | null {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  if (source === undefined) {
    report.error("not-a-graph", "There is no graph here: nothing was given.");
    return null;
  }
  const raw = typeof source === "string" ? parseText(source, limits, report) : source;
  if (raw === undefined) return null;
  const clean = cleanJson(raw, limits, report);
  if (clean === undefined) return null;
  const current = toCurrentFormat(clean, history, report);
  if (!current) return null;
  const body = readBody(current, ["format", "version", "title", "description"], limits, options.registry, report);
  const fields = fieldsOf(current, { pointer: "" }, report);
  const title = fields.text("title");
  const description = fields.text("description");
  return {
    format: "patchbay-graph",
    version: history.version,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...body,
  };
}

function parseText(text: string, limits: Limits, report: Report): unknown {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const problem = scanText(source, limits);
  if (problem) return void report.error(problem.code, problem.message);
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    const found = findSyntaxError(source);
    const why = found ? `${found.message} (line ${found.line}, column ${found.column})` : describeError(error);
    return void report.error("not-json", `The file is not JSON: ${why}`);
  }
}

const describeError = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function toCurrentFormat(clean: Json, history: FormatHistory, report: Report): JsonObject | null {
  if (!isObject(clean) || clean.format !== "patchbay-graph") {
    report.error("not-a-graph", `This is not a Patchbay graph: a graph is an object with "format": "patchbay-graph".`, { pointer: isObject(clean) ? "/format" : "" });
    return null;
  }
  const { version } = clean;
  const pointer = "/version";
  if (!Number.isInteger(version) || (version as number) < 1) {
    report.error("bad-version", `The file's “version” must be a whole number from 1, not ${quote(version ?? "missing")}.`, { pointer });
    return null;
  }
  const from = version as number;
  if (from > history.version) {
    const message = `This graph was saved by a newer Patchbay (format version ${from}); this one reads up to version ${history.version}. Update Patchbay to open it; the file is left as it is.`;
    report.error("newer-version", message, { pointer });
    return null;
  }
  let file: JsonObject = clean;
  for (let to = from + 1; to <= history.version; to++) {
    const step = history.migrations.find((migration) => migration.to === to);
    try {
      if (!step) throw new Error("no migration is known");
      const next = cleanJson({ ...step.up(file), version: to }, DEFAULT_LIMITS, report);
      if (!isObject(next)) throw new Error("the migration gave no graph");
      file = next;
    } catch (error) {
      report.error("migration-failed", `The file could not be brought from format version ${to - 1} to ${to}: ${describeError(error)}.`, { pointer });
      return null;
    }
  }
  return file;
}
