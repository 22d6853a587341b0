/** Every action of the editor, in the order of menus. */
import type { Command } from "./command.ts";

export const commands: readonly Command[] = [];
