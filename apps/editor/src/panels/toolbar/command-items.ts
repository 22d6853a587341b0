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

/** All commands of a group but some, in their order. */
export const groupItems = (parts: EditorParts, group: Command["group"], without: readonly string[] = []): readonly MenuItem[] =>
  commands.filter((c) => c.group === group && !without.includes(c.id)).map((c) => commandItem(parts, c));
