/** `npm run screenshots`: the editor's tests' own setup, with pictures in place of tests. */
import { defineConfig, mergeConfig } from "vitest/config";
import common from "../../../vite.config.ts";
import { ROOT } from "../site.ts";

const { test: { projects: _, ...test } = {}, ...rest } = common;

export default mergeConfig({ ...rest, test }, defineConfig({
  root: ROOT,
  test: {
    include: ["tests/editor/screenshots/*.shots.ts"],
    globalSetup: ["tests/editor/screenshots/contact-sheet.ts", "tests/editor/site.setup.ts"],
    testTimeout: 900_000,
    expect: { poll: { timeout: 30_000 } },
    // One browser at a time: pictures are of a page that has the machine for itself.
    fileParallelism: false,
  },
}));
