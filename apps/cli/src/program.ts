/** The command line as a whole: `patchbay` with its commands. The reference in docs/cli.md is checked against it. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { checkCommand } from "./commands/check.ts";
import { conformanceCommand } from "./commands/conformance.ts";
import { devicesCommand } from "./commands/devices.ts";
import { editCommand } from "./commands/edit.ts";
import { exportCommand } from "./commands/export.ts";
import { galleryCommand } from "./commands/gallery.ts";
import { nodesCommand } from "./commands/nodes.ts";
import { runCommand } from "./commands/run.ts";
import type { ExitCode } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** What every command is built with. */
export interface Surroundings {
  terminal: Terminal;
  /** Sets the exit code of a command that ends without an error. */
  exitWith(code: ExitCode): void;
}

/** Builds the commands; importing and building them loads no engine and no node. */
export function createProgram(terminal: Terminal, exitWith: (code: ExitCode) => void): Command {
  const surroundings: Surroundings = { terminal, exitWith };
  const program = new Command("patchbay")
    .description("Run, edit, check and export Patchbay graphs: pipelines for faces, style transfer and the learning behind them.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help for a command")
    .addHelpText("after", "\nExit codes: 0 done, 1 failed, 2 wrong usage or an invalid graph, 130 interrupted.\nNO_COLOR=1 turns colours off.")
    .showSuggestionAfterError()
    .exitOverride();
  for (const command of [runCommand, editCommand, checkCommand, exportCommand, nodesCommand, devicesCommand, galleryCommand, conformanceCommand]) program.addCommand(inherit(command(surroundings), program));
  return program;
}

/** Commands added ready-made do not take over the program's settings by themselves. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).helpOption("-h, --help", "print help for this command");
  for (const inner of command.commands) inherit(inner, command);
  return command;
}

function version(): string {
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
