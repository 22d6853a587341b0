/** Weights come out as their manifest says, and damaged ones are refused. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { NodeFailure } from "@patchbay/runtime/node-api";
import { describe, expect, it } from "vitest";
import { decodeTfjsWeights } from "./tfjs-weights.ts";

const bytes = (x: unknown) => new TextEncoder().encode(JSON.stringify(x));
const code = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof NodeFailure) return error.code;
    throw error;
  }
  return "no failure";
};

describe("decodeTfjsWeights", () => {
  it("reads plain floats, quantised floats and quantised integers, in order and from an offset view", () => {
    const manifest = bytes([
      { weights: [{ name: "a", shape: [2], dtype: "float32" }], paths: ["x.bin"] },
      {
        weights: [
          { name: "b", shape: [1, 3], dtype: "float32", quantization: { dtype: "uint8", scale: 0.5, min: -1 } },
          { name: "c", shape: [2], dtype: "int32", quantization: { dtype: "uint8", scale: 1, min: 0 } },
        ],
      },
    ]);
    const buffer = new ArrayBuffer(16);
    const bin = new Uint8Array(buffer, 3, 13); // no alignment can be assumed
    new DataView(buffer).setFloat32(3, 1.5, true);
    new DataView(buffer).setFloat32(7, -2, true);
    bin.set([0, 2, 255, 7, 200], 8);
    const w = decodeTfjsWeights(manifest, bin);
    expect([...w.keys()]).toEqual(["a", "b", "c"]);
    expect(w.get("a")).toEqual({ dtype: "float32", shape: [2], data: new Float32Array([1.5, -2]) });
    expect(w.get("b")).toEqual({ dtype: "float32", shape: [1, 3], data: new Float32Array([-1, 0, 126.5]) });
    expect(w.get("c")).toEqual({ dtype: "int32", shape: [2], data: new Int32Array([7, 200]) });
  });

  it("refuses what is damaged", () => {
    const one = { name: "a", shape: [2], dtype: "float32" };
    expect(code(() => decodeTfjsWeights(bytes([{ weights: [one] }]), new Uint8Array(7)))).toBe("weights-damaged");
    expect(code(() => decodeTfjsWeights(new Uint8Array([0xff]), new Uint8Array()))).toBe("weights-damaged");
    expect(code(() => decodeTfjsWeights(bytes({}), new Uint8Array()))).toBe("weights-damaged");
    expect(code(() => decodeTfjsWeights(bytes([{ weights: [{ ...one, shape: [-2] }] }]), new Uint8Array(8)))).toBe("weights-damaged");
    expect(code(() => decodeTfjsWeights(bytes([{ weights: [one, one] }]), new Uint8Array(16)))).toBe("weights-damaged");
    expect(code(() => decodeTfjsWeights(bytes([{ weights: [{ ...one, quantization: { dtype: "uint8" } }] }]), new Uint8Array(2)))).toBe("weights-damaged");
  });

  it.each(["face_recognition_model", "ssd_mobilenetv1_model", "tiny_face_detector_model", "face_landmark_68_model", "face_landmark_68_tiny_model"])(
    "reads all of %s",
    (name) => {
      const at = (file: string) => readFileSync(createRequire(import.meta.url).resolve(`@vladmandic/face-api/model/${file}`));
      const weights = decodeTfjsWeights(at(`${name}-weights_manifest.json`), at(`${name}.bin`));
      for (const t of weights.values()) expect(t.data.every(Number.isFinite)).toBe(true);
    },
  );
});
