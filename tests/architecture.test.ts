/** docs/architecture.md shows the programs that the code prints: `UPDATE_DOCS=1 npx vitest run tests/architecture` writes them anew. */
import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { paramValues } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { Builder } from "@patchbay/runtime/node-api";
import { printProgram } from "../packages/runtime/src/ir/print.ts";
import { gradient, optimise } from "../packages/runtime/src/passes/index.ts";

const PAGE = "docs/architecture.md";

/** The Distance node between two encodings, as it lowers itself. */
function distance() {
  const b = new Builder();
  const node = nodes.get("Distance")!;
  const encoding = { dtype: "float32", shape: [1, 128] } as const;
  const outputs = node.lower!({ b, params: paramValues({ params: {} }, node), prepared: undefined, inputs: { a: b.input("a", encoding), b: b.input("b", encoding) }, inputLists: {}, known: {}, weight: (_, start) => b.constant(start()) });
  return b.build(outputs as never);
}

it("prints in the page what the code prints", async () => {
  const printed: { [name: string]: string } = {
    distance: printProgram(optimise(distance())),
    gradient: printProgram(optimise(gradient(distance(), { output: "distance", inputs: ["a"] }))),
  };
  const page = await readFile(PAGE, "utf8");
  const wanted = page.replaceAll(/```ir program=(\w+)\n[\s\S]*?```/g, (_block, name: string) => `\`\`\`ir program=${name}\n${printed[name]!.trimEnd()}\n\`\`\``);
  if (process.env["UPDATE_DOCS"]) await writeFile(PAGE, wanted);
  else expect(page).toBe(wanted);
});
