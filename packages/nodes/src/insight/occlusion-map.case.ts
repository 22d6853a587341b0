/** What Occlusion map hands on is in insight.test.ts: it needs a drawing around it. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";

export const cases: NodeCase[] = [{ name: "of a number", inputs: { loss: tensorValue(float32([], [1])) }, expected: { map: () => {}, overlay: () => {}, largest: () => {} }, from: "insight.test.ts" }];
