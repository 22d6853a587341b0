/** docs/backends.md says everything that the list of known gaps says. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BACKEND_IDS } from "../../packages/runtime/src/backends/index.ts";
import { ALLOWED } from "./allowed.ts";

const page = readFileSync(new URL("../../docs/backends.md", import.meta.url), "utf8");

test("each backend and each known gap stands in docs/backends.md", () => {
  const reasons = Object.values(ALLOWED).flatMap((byBackend) => Object.values(byBackend).flatMap((list) => list.map((a) => a.reason)));
  for (const text of [...BACKEND_IDS.map((id) => `\`${id}\``), ...reasons]) expect(page, text).toContain(text);
});
