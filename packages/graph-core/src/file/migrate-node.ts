/** Brings a node's parameters up to the version its declaration has today. */
import type { NodeRegistry } from "../declaration/declaration.ts";
import type { GraphNode, Json } from "../document/document.ts";
import { cleanJson } from "./clean-json.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { isObject, type Place } from "./read-fields.ts";
import { Report } from "./report.ts";

/** Today's name of a parameter that an older version had. */
export type ParamRenames = (param: string) => string;

const unchanged: ParamRenames = (param) => param;

/** Changes `node` in place. Where a step fails the node stays as it was written, with an error that says why. */
export function migrateNode(node: GraphNode, registry: NodeRegistry, place: Place, report: Report): ParamRenames {
  const declaration = registry.get(node.type);
  if (!declaration || node.version >= declaration.version) return unchanged;
  const title = declaration.title;
  let params: { [name: string]: Json } = structuredClone(node.params) as { [name: string]: Json };
  const reasons: string[] = [];
  const renames: { readonly [from: string]: string }[] = [];
  for (let to = node.version + 1; to <= declaration.version; to++) {
    const step = declaration.migrations?.find((migration) => migration.to === to);
    if (!step) {
      report.error("migration-failed", `This ${title} is of version ${node.version}, and there is no way from version ${to - 1} to ${to}.`, { ...place });
      return unchanged;
    }
    try {
      params = plain(step.up(params));
    } catch (error) {
      report.error("migration-failed", `This ${title} could not be brought from version ${to - 1} to ${to}: ${error instanceof Error ? error.message : String(error)}`, { ...place });
      return unchanged;
    }
    reasons.push(step.why);
    if (step.renames) renames.push(step.renames);
  }
  report.add({ code: "migrated", severity: "info", message: `Brought from version ${node.version} to ${declaration.version}. ${reasons.join(" ")}`, ...place });
  node.params = params;
  node.version = declaration.version;
  return (param) => renames.reduce((name, step) => (Object.hasOwn(step, name) ? step[name]! : name), param);
}

function plain(result: unknown): { [name: string]: Json } {
  const report = new Report();
  const clean = cleanJson(result, DEFAULT_LIMITS, report);
  const [first] = report.list();
  if (first) throw new Error(first.message);
  if (!isObject(clean)) throw new Error("the migration gave no parameters.");
  return { ...clean };
}
