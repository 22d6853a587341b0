/** Worked examples of GeneratedImage: its start before any optimiser. */
import { float32, tensorValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

const content = tensorValue(float32([1, 1, 2, 3], [0, 0.2, 0.4, 0.6, 0.8, 1]));

/** Uniform on ±amplitude around grey: in range, the mean within four standard errors, the deviation within 5 %. */
function aroundGrey(amplitude: number) {
  return (value: RuntimeValue) => {
    if (value.kind !== "tensor") throw new Error(`a ${value.kind} came out`);
    const data = Array.from(value.data);
    const n = data.length;
    const mean = data.reduce((s, v) => s + v, 0) / n;
    const deviation = Math.sqrt(data.reduce((s, v) => s + (v - mean) ** 2, 0) / n);
    const expected = amplitude / Math.sqrt(3);
    if (data.some((v) => v < 0.5 - amplitude - 1e-6 || v > 0.5 + amplitude + 1e-6)) throw new Error("a pixel lies outside the amplitude");
    if (Math.abs(mean - 0.5) > (4 * expected) / Math.sqrt(n)) throw new Error(`the mean is ${mean}`);
    if (Math.abs(deviation / expected - 1) > 0.05) throw new Error(`the deviation is ${deviation}, not ${expected}`);
  };
}

export const cases: NodeCase[] = [
  { name: "starts as the content picture", inputs: { content }, expected: { image: content }, from: "by hand", differentiable: ["content"] },
  { name: "noise of its own size", params: { start: "noise", width: 40, height: 30, seed: 3 }, expected: { image: aroundGrey(0.2) }, from: "by hand: the uniform distribution's mean and deviation" },
  {
    name: "half content, half noise without amplitude, which is grey",
    params: { start: "blend", blend: 0.5, amplitude: 0 },
    inputs: { content },
    expected: { image: tensorValue(float32([1, 1, 2, 3], [0.25, 0.35, 0.45, 0.55, 0.65, 0.75])) },
    from: "by hand",
    differentiable: ["content"],
  },
];
