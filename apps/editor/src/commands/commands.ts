/** Every action of the editor, in the order of menus. */
import { keyText } from "../ui/key-text.ts";
import type { EditorParts } from "../app/editor-parts.ts";
import type { Command } from "./command.ts";
import { editCommands } from "./edit-commands.ts";
import { graphCommands } from "./graph-commands.ts";
import { helpCommands } from "./help-commands.ts";
import { nodeCommands } from "./node-commands.ts";
import { runCommands } from "./run-commands.ts";
import { seeLayers } from "./see-layers.ts";
import { viewCommands } from "./view-commands.ts";

export const commands: readonly Command[] = [...editCommands, ...viewCommands, ...nodeCommands, seeLayers, ...runCommands, ...graphCommands, ...helpCommands];

const byId = new Map(commands.map((command) => [command.id, command]));

export const commandOf = (id: string): Command | undefined => byId.get(id);
export const isEnabled = (command: Command, parts: EditorParts): boolean => command.enabled?.(parts) ?? true;

/** As a person reads it; undefined where the command has none. */
export function keysText(command: Command | string): string | undefined {
  const key = (typeof command === "string" ? commandOf(command) : command)?.keys?.[0];
  return key === undefined ? undefined : keyText(key);
}

/** Runs it if it can be run now; what goes wrong is told. */
export async function runCommand(command: Command, parts: EditorParts): Promise<void> {
  if (!isEnabled(command, parts)) return;
  try {
    await command.run(parts);
  } catch (error) {
    parts.editor.notify({ kind: "error", text: `“${command.title}” failed: ${error instanceof Error ? error.message : String(error)}` });
  }
}
