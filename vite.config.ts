import { defineConfig } from "vitest/config";

// Packages are resolved to their TypeScript sources here, so tests never run against a stale build.
const conditions = ["patchbay-source", "module", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, "node"], externalConditions: ["node"] } },
  test: {
    setupFiles: ["tests/setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "parts", include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "tests/**/*.test.ts"], exclude: ["**/node_modules/**", "tests/editor/**"] } },
      // These drive the built editor in a browser; it is built when one of them runs. A real browser on a machine that others use too may be
      // held up for longer than any wait here: what fails is tried once more, and what fails twice is a failure.
      { extends: true, test: { name: "editor", include: ["tests/editor/**/*.test.ts"], globalSetup: ["tests/editor/site.setup.ts"], retry: 1, expect: { poll: { timeout: 15_000 } } } },
    ],
  },
});
