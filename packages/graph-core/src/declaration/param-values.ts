/** The values a node runs with: the document's, with the declaration's defaults filled in. */
import type { Json } from "../document/document.ts";
import type { NodeDeclaration } from "./declaration.ts";
import type { ParamSpec, ParamValues } from "./param.ts";

type Described = Pick<NodeDeclaration, "params">;

/** Every declared parameter's value. Names that are not declared are left out; values are not checked here. */
export function paramValues(node: { readonly params: { readonly [name: string]: Json } }, declaration: Described): ParamValues {
  const values: { [name: string]: Json } = {};
  for (const spec of declaration.params) values[spec.name] = Object.hasOwn(node.params, spec.name) ? node.params[spec.name]! : spec.default;
  return values;
}

/** Whether a parameter counts, given the values of the others. */
export function isVisible(spec: ParamSpec, values: ParamValues): boolean {
  return spec.visibleWhen === undefined || spec.visibleWhen.equals.includes(values[spec.visibleWhen.param] ?? null);
}

/** The parameters an inspector shows for these values, in declared order. */
export function visibleParams(declaration: Described, values: ParamValues): ParamSpec[] {
  return declaration.params.filter((spec) => isVisible(spec, values));
}
