import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { nodes } from "@patchbay/nodes";
import { nodeReference } from "../apps/cli/src/docs/node-reference.ts";

describe("docs/nodes.md", () => {
  it("is what the declarations say (npm run docs:nodes writes it)", async () => {
    expect(await readFile("docs/nodes.md", "utf8")).toBe(nodeReference(nodes));
  });
});
