/** Menus made of commands: what the toolbar offers, the palette and the shortcuts offer too. */
import type { EditorParts } from "../../app/editor-parts.ts";
import { commandOf, isEnabled, keysText, runCommand } from "../../commands/commands.ts";
import type { MenuItem } from "../../ui/Menu.tsx";

/** A command's shortcut as an optional property of a button or an item. */
export function keysOf(id: string): { keys?: string } {
  const keys = keysText(id);
  return keys === undefined ? {} : { keys };
}

/** These commands in this order, with a line for each null; those that there are none of are left out. */
export function itemsOf(parts: EditorParts, ids: readonly (string | null)[]): readonly MenuItem[] {
  const items = ids.flatMap((id): MenuItem[] => {
    if (id === null) return [{ kind: "line" }];
    const command = commandOf(id);
    return command ? [{ title: command.title, disabled: !isEnabled(command, parts), ...keysOf(id), run: () => void runCommand(command, parts) }] : [];
  });
  // No line at an end, nor two in a row.
  return items.filter((item, i) => item.kind !== "line" || (i > 0 && i < items.length - 1 && items[i - 1]!.kind !== "line"));
}

export const GRAPH_MENU = ["new-graph", "graphs", "examples", "open-file", null, "save-file", "export", "export-picture", "share", null, "rename-graph", "duplicate-graph", "interface", null, "history", "command-palette"] as const;
export const HELP_MENU = ["shortcuts", "command-palette", "tour", null, "node-documentation"] as const;
