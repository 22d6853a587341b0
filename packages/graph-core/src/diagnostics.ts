/** A user's mistake as a value: a code, a full sentence and the place it belongs to. */
import type { Change } from "./edits/change.ts";

export type Severity = "error" | "warning" | "info";

/** An edit that would repair the mistake, offered by the editor as a button. */
export interface Fix {
  title: string;
  changes: readonly Change[];
}

export interface Diagnostic {
  /** Kebab-case and stable: hosts may match on it, e.g. `missing-input`. */
  code: string;
  severity: Severity;
  /** One or more full sentences for the person who drew the graph. */
  message: string;
  /** Node id; inside subgraphs a path such as `siamese/encoder`. */
  node?: string;
  /** The port of `node`. */
  port?: string;
  /** The parameter of `node`. */
  param?: string;
  /** The wire, as `from.port -> to.port`. */
  wire?: string;
  /** JSON pointer into the file, for mistakes found while reading it. */
  pointer?: string;
  fix?: Fix;
}

/** Thrown where a caller asked for a result that the diagnostics make impossible. Carries all of them. */
export class GraphError extends Error {
  override name = "GraphError";
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => (d.node ? `${d.node}${d.port ? `.${d.port}` : ""}: ${d.message}` : d.message)).join("\n"));
    this.diagnostics = diagnostics;
  }
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((d) => d.severity === "error");
