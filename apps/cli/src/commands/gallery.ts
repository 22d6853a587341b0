/** `patchbay gallery`: the people that recognition knows, kept in one file of encodings. */
import { Command } from "commander";
import { wholeNumber } from "../input/pairs.ts";
import type { Surroundings } from "../program.ts";

export interface GalleryFlags {
  json?: boolean;
  backend?: string;
  threads?: number;
}

export function galleryCommand({ terminal, exitWith }: Surroundings): Command {
  const gallery = new Command("gallery").description("enrol people in a gallery file, list, remove and verify them");
  const json = "print one JSON object";
  gallery
    .command("enrol")
    .description("add one or more photos of a person; makes the file when there is none")
    .argument("<file>", "the gallery file")
    .argument("<name>", "the person")
    .argument("<photo...>", "pictures in which the person's face is the largest")
    .option("--backend <id>", "the engine to run on, one of those that `patchbay devices` lists")
    .option("--threads <n>", "processor threads to compute with", wholeNumber("--threads", 1, 1024))
    .option("--json", json)
    .action(async (file: string, name: string, photos: string[], flags: GalleryFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../gallery/enrol.ts")).enrol(file, name, photos, flags, terminal));
    });
  gallery
    .command("list")
    .description("list the people with their photos")
    .argument("<file>", "the gallery file")
    .option("--json", json)
    .action(async (file: string, flags: GalleryFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../gallery/edit.ts")).list(file, flags, terminal));
    });
  gallery
    .command("remove")
    .description("remove a person with all photos")
    .argument("<file>", "the gallery file")
    .argument("<name>", "the person")
    .option("--json", json)
    .action(async (file: string, name: string, flags: GalleryFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../gallery/edit.ts")).remove(file, name, flags, terminal));
    });
  gallery
    .command("verify")
    .description("check that the file is whole (checksum) and say which network its encodings come from")
    .argument("<file>", "the gallery file")
    .option("--json", json)
    .action(async (file: string, flags: GalleryFlags) => {
      terminal.json = Boolean(flags.json);
      exitWith(await (await import("../gallery/edit.ts")).verify(file, flags, terminal));
    });
  return gallery;
}
