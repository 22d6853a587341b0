/** Menus made of commands: what the toolbar offers, the palette and the shortcuts offer too. */
import type { EditorParts } from "../../app/editor-parts.ts";
import type { Command } from "../../commands/command.ts";
import { commands } from "../../commands/commands.ts";
import { keyText } from "../../ui/key-text.ts";
import type { MenuItem } from "../../ui/Menu.tsx";

export const commandOf = (id: string): Command | undefined => commands.find((c) => c.id === id);

/** As a person reads it; undefined where the command has none. */
export function keysOf(id: string): string | undefined {
  const key = commandOf(id)?.keys?.[0];
  return key === undefined ? undefined : keyText(key);
}

export function commandItem(parts: EditorParts, command: Command): MenuItem {
  const key = command.keys?.[0];
  return {
    title: command.title,
    disabled: !(command.enabled?.(parts) ?? true),
    ...(key === undefined ? {} : { keys: keyText(key) }),
    run: () => void Promise.resolve(command.run(parts)).catch((error: unknown) => parts.editor.notify({ kind: "error", text: `“${command.title}” failed: ${error instanceof Error ? error.message : String(error)}` })),
  };
}

/** These commands in this order, with a line for each null; those that a host leaves out are left out. */
export function itemsOf(parts: EditorParts, ids: readonly (string | null)[]): readonly MenuItem[] {
  const items = ids.flatMap((id): MenuItem[] => {
    if (id === null) return [{ kind: "line" }];
    const command = commandOf(id);
    return command ? [commandItem(parts, command)] : [];
  });
  // No line at an end, nor two in a row.
  return items.filter((item, i) => item.kind !== "line" || (i > 0 && i < items.length - 1 && items[i - 1]!.kind !== "line"));
}

export const GRAPH_MENU = ["new-graph", "graphs", "examples", "open-file", null, "save-file", "export", "export-picture", "share", null, "rename-graph", "duplicate-graph", "interface", null, "history", "command-palette"] as const;
export const HELP_MENU = ["shortcuts", "command-palette", "tour", null, "node-documentation"] as const;
