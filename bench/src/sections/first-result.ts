/** How long a newcomer waits for the first decision, and whose code that time goes into. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runChild } from "../child.ts";
import type { FirstResult, FirstResultSettings } from "../children/first-result.ts";
import { median } from "../rounds.ts";
import type { Section } from "../section.ts";

const GRAPH = fileURLToPath(new URL("../../../examples/face-verification.json", import.meta.url));
const photo = (n: number): string => createRequire(import.meta.url).resolve(`@vladmandic/face-api/demo/sample${n}.jpg`);

export const firstResult: Section = async ({ quick, threads, say }) => {
  if (!existsSync(GRAPH)) throw new Error("examples/face-verification.json is missing.");
  say("first-result: import, load, run");
  const settings: FirstResultSettings = { graph: GRAPH, threads, again: { photo: photo(2), reference: photo(4) } };
  const results: FirstResult[] = [];
  for (let i = 0; i < (quick ? 2 : 5); i++) results.push(await runChild<FirstResult>("first-result", settings));
  const of = (pick: (r: FirstResult) => number) => median(results.map(pick));
  const ms = (pick: (r: FirstResult) => number) => of(pick).toFixed(0);
  const libraries = (r: FirstResult) => r.importEngine + r.importSharp + r.engine + r.decode;
  const share = of((r) => (100 * (r.total - r.nodeStart - libraries(r))) / r.total);
  const shareAgain = of((r) => (100 * (r.again.total - r.again.engine - r.again.decode)) / r.again.total);
  return [
    { section: "first-result", what: "face verification, process start to decision", ours: of((r) => r.total), unit: "ms", note: `import of ours ${ms((r) => r.importPatchbay)}, loadGraph ${ms((r) => r.load)}, run ${ms((r) => r.run)} ms, the last two with the engine's time in them.` },
    {
      section: "first-result", what: "… of that in our code", ours: share, unit: "%",
      note: `counted as not ours: Node's start ${ms((r) => r.nodeStart)}, import of onnxruntime ${ms((r) => r.importEngine)} and sharp ${ms((r) => r.importSharp)}, creating and running onnxruntime sessions ${ms((r) => r.engine)}, decoding with sharp ${ms((r) => r.decode)} ms; all else is.`,
    },
    { section: "first-result", what: "the same process, two other photos", ours: of((r) => r.again.total), unit: "ms" },
    { section: "first-result", what: "… of that in our code", ours: shareAgain, unit: "%" },
  ];
};
