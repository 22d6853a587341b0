/** What was chosen last, so that it stands first: remembered by this browser. */
import { remember, remembered } from "../../ui/remembered.ts";

const MOST = 5;

export function recent(list: "nodes" | "commands"): readonly string[] {
  try {
    const names: unknown = JSON.parse(remembered(`recent-${list}`) ?? "[]");
    return Array.isArray(names) ? names.filter((name): name is string => typeof name === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export const addRecent = (list: "nodes" | "commands", name: string): void => remember(`recent-${list}`, JSON.stringify([name, ...recent(list).filter((other) => other !== name)].slice(0, MOST)));
