/** Worked examples of Synthetic EKG: without noise and variation every beat is its formula. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

const COUNT = 8;
const WINDOW = 96;

function isClean(value: RuntimeValue): void {
  if (value.kind !== "dataset") throw new Error(`a ${value.kind} came out`);
  if (value.labels.length !== 4 * COUNT || value.classes.length !== 4) throw new Error(`${value.labels.length} beats of ${value.classes}`);
  const held = value.heldOut.reduce((n, h) => n + h, 0);
  if (held !== 8) throw new Error(`${held} held out`);
  for (let i = 0; i < value.labels.length; i++) {
    const beat = value.data.subarray(i * WINDOW, (i + 1) * WINDOW);
    const peak = beat.indexOf(Math.max(...beat));
    // The window's R peak lies at two fifths of it, give or take a sample.
    if (Math.abs(peak - 0.4 * WINDOW) > (value.labels[i] === 2 ? 5 : 2)) throw new Error(`beat ${i} peaks at ${peak}`);
    // Only a normal beat rises 0.2 s before its peak; one from the atria dips 0.14 s before.
    const before = beat[peak - Math.round(0.2 * 128)]!;
    const near = beat[peak - Math.round(0.14 * 128)]!;
    if (value.labels[i] === 0 && before < 0.1) throw new Error(`a normal beat without a P wave: ${before}`);
    if (value.labels[i] === 1 && near > -0.06) throw new Error(`an atrial beat without its P wave: ${near}`);
    if (value.labels[i]! >= 2 && Math.abs(before) > 0.02) throw new Error(`a beat of class ${value.labels[i]} with a P wave: ${before}`);
  }
}

export const cases: NodeCase[] = [
  {
    name: "clean beats",
    params: { count: COUNT, window: WINDOW, variation: 0, noise: 0, strip: 3 },
    expected: {
      dataset: isClean,
      signal: (value) => { if (value.kind !== "tensor" || value.shape.length !== 3 || Math.max(...value.data) < 0.8) throw new Error("no strip"); },
      beats: (value) => { if (value.kind !== "table" || value.rows.length !== 3) throw new Error("not three beats"); },
      table: { kind: "table", columns: ["class", "examples", "held out"], rows: ["normal", "atrial premature", "ventricular premature", "junctional"].map((name) => [name, COUNT, 2]) },
    },
    from: "by hand",
  },
];
