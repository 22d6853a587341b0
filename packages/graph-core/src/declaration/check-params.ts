/** Checks a node's parameters against its declaration and gives values that a type rule can rely on. */
import type { Diagnostic } from "../diagnostics.ts";
import type { Json } from "../document/document.ts";
import { nearest } from "../text/nearest.ts";
import type { NodeDeclaration } from "./declaration.ts";
import type { ParamSpec, ParamValues } from "./param.ts";
import { isVisible, paramValues } from "./param-values.ts";

export interface CheckedParams {
  /** Valid for every parameter: a wrong value is replaced by the default, one out of range by the nearest in range. */
  values: ParamValues;
  /** Without `node`. */
  diagnostics: Omit<Diagnostic, "node">[];
}

type Problem = { code: string; message: string; instead: Json };

export function checkParams(params: { readonly [name: string]: Json }, declaration: Pick<NodeDeclaration, "params" | "title">): CheckedParams {
  const diagnostics: CheckedParams["diagnostics"] = [];
  const given = paramValues({ params }, declaration);
  const values: { [name: string]: Json } = { ...given };
  for (const spec of declaration.params) {
    const problem = checkValue(spec, given[spec.name]!);
    if (!problem) continue;
    values[spec.name] = problem.instead;
    if (isVisible(spec, given)) diagnostics.push({ code: problem.code, severity: "error", message: problem.message, param: spec.name });
  }
  const known = new Set(declaration.params.map((spec) => spec.name));
  for (const name of Object.keys(params)) {
    if (known.has(name)) continue;
    const guess = nearest(name, [...known]);
    const message = `${declaration.title} has no parameter “${name}”${guess ? `; did you mean “${guess}”?` : "."}`;
    diagnostics.push({ code: "unknown-param", severity: "error", message, param: name });
  }
  return { values, diagnostics };
}

/** What is wrong with a value, or `null`. */
export function checkValue(spec: ParamSpec, value: Json): Problem | null {
  const wrongKind = (wanted: string): Problem => ({
    code: "wrong-param",
    message: `“${spec.title}” takes ${wanted}, not ${show(value)}.`,
    instead: spec.default,
  });
  switch (spec.kind) {
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return wrongKind("a number");
      if (spec.integer && !Number.isInteger(value)) return { ...wrongKind("a whole number"), instead: clamp(Math.round(value), spec.min, spec.max) };
      return outOfRange(spec, value);
    case "choice":
      if (spec.choices.some((choice) => choice.value === value)) return null;
      return wrongKind(`one of ${spec.choices.map((choice) => `“${choice.value}”`).join(", ")}`);
    case "boolean":
      return typeof value === "boolean" ? null : wrongKind("true or false");
    case "text":
    case "file":
      return typeof value === "string" ? null : wrongKind(spec.kind === "text" ? "text" : "the path of a file");
    case "layers":
      if (!Array.isArray(value) || !value.every((name) => typeof name === "string")) return wrongKind("a list of layer names");
      return new Set(value).size === value.length ? null : { code: "wrong-param", message: `“${spec.title}” names a layer twice.`, instead: [...new Set(value as string[])] };
    case "numbers":
      return checkNumbers(spec, value) ?? null;
  }
}

function checkNumbers(spec: Extract<ParamSpec, { kind: "numbers" }>, value: Json): Problem | null {
  if (!Array.isArray(value)) return { code: "wrong-param", message: `“${spec.title}” takes a list of numbers, not ${show(value)}.`, instead: spec.default };
  const work: (readonly Json[])[] = [value];
  while (work.length)
    for (const item of work.pop()!) {
      if (Array.isArray(item)) work.push(item);
      else if (typeof item !== "number" || !Number.isFinite(item))
        return { code: "wrong-param", message: `“${spec.title}” takes numbers only; ${show(item)} is in its list.`, instead: spec.default };
      else if (outOfRange(spec, item)) return { ...outOfRange(spec, item)!, instead: spec.default };
    }
  return null;
}

function outOfRange(spec: { title: string; min?: number; max?: number; unit?: string }, value: number): Problem | null {
  const { min, max } = spec;
  if ((min === undefined || value >= min) && (max === undefined || value <= max)) return null;
  const unit = spec.unit ? ` ${spec.unit}` : "";
  const range = min !== undefined && max !== undefined ? `between ${min} and ${max}${unit}` : min !== undefined ? `at least ${min}${unit}` : `at most ${max}${unit}`;
  return { code: "out-of-range", message: `“${spec.title}” must be ${range}; it is ${value}.`, instead: clamp(value, min, max) };
}

const clamp = (value: number, min = -Infinity, max = Infinity): number => Math.min(max, Math.max(min, value));

function show(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "an object";
  if (typeof value === "string") return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`;
  return String(value);
}
