/** `patchbay devices`: which engines can compute here, and why the others cannot. */
import { Command } from "commander";
import { EXIT } from "../exit.ts";
import type { Surroundings } from "../program.ts";
import { visible } from "../report/style.ts";

export const devicesCommand = ({ terminal, exitWith }: Surroundings): Command =>
  new Command("devices")
    .description("list the backends, each available or with the reason why not")
    .option("--json", "print one JSON object { backends, default }")
    .action(async (flags: { json?: boolean }) => {
      terminal.json = Boolean(flags.json);
      const { probeAll } = await import("../graph/backends.ts");
      const { backends, chosen } = await probeAll();
      if (flags.json) terminal.print(JSON.stringify({ backends, default: chosen }));
      else
        for (const backend of backends) {
          const { style } = terminal;
          const name = style.bold(backend.id.padEnd(12));
          const threads = backend.available && backend.threads !== undefined ? `, ${backend.threads} thread${backend.threads === 1 ? "" : "s"}` : "";
          terminal.print(
            backend.available
              ? `${name} ${style.green("available")}  ${visible(backend.device)} (${visible(backend.version)}${threads})${backend.id === chosen ? style.dim("  default") : ""}`
              : `${name} ${style.yellow("not here")}   ${visible(backend.reason)}`,
          );
        }
      exitWith(EXIT.ok);
    });
