import { defineConfig } from "vitest/config";

// Packages are resolved to their TypeScript sources here, so tests never run against a stale build.
const conditions = ["patchbay-source", "module", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions: [...conditions, "node"], externalConditions: ["node"] } },
  test: {
    setupFiles: ["tests/setup.ts"],
    include: ["packages/**/*.test.ts", "apps/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
