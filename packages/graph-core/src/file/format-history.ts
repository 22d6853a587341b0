/** The versions of the file format, and how to read each of the old ones. */
import type { Json } from "../document/document.ts";
import { FORMAT_VERSION } from "../document/endpoint.ts";

export interface FormatMigration {
  /** The version this leads to; it starts from `to - 1`. */
  to: number;
  /** Why the format changed, one sentence. */
  why: string;
  up(file: { readonly [key: string]: Json }): { readonly [key: string]: Json };
}

export interface FormatHistory {
  version: number;
  /** From every older version up; one entry a version. */
  migrations: readonly FormatMigration[];
}

/** The format's own history. Version 1 is the first; a change adds an entry here and a folder of fixtures. */
export const FORMAT_HISTORY: FormatHistory = { version: FORMAT_VERSION, migrations: [] };
