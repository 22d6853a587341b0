/** Child process: encodings by @vladmandic/face-api's own WebAssembly build, on demand. */
import { createRequire } from "node:module";
import path from "node:path";

export interface EncodeRequest {
  /** `[count,150,150,3]` in 0…1. */
  chips?: Float32Array;
  batch: number;
  /** How often. */
  calls: number;
}

export interface EncodeReply {
  seconds: number;
  /** Of the last call, `[batch,128]`. */
  encodings: Float32Array;
}

/** What is used of the two packages, whose types ask for a browser. */
interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor3d(values: Float32Array, shape: [number, number, number]): { dispose(): void };
}
interface FaceApi {
  nets: { faceRecognitionNet: { loadFromDisk(folder: string): Promise<void>; computeFaceDescriptor(input: unknown): Promise<Float32Array | Float32Array[]> } };
}

const SIDE = 150;
const require = createRequire(import.meta.url);
const folderOf = (file: string): string => path.dirname(require.resolve(file)) + path.sep;

const tf = require("@tensorflow/tfjs") as Tf;
(require("@tensorflow/tfjs-backend-wasm") as { setWasmPaths(folder: string): void }).setWasmPaths(folderOf("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"));
if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js could not start its WebAssembly backend.");
await tf.ready();
const net = (require("@vladmandic/face-api/dist/face-api.node-wasm.js") as FaceApi).nets.faceRecognitionNet;
await net.loadFromDisk(folderOf("@vladmandic/face-api/model/face_recognition_model.bin"));

/** face-api divides by 255 where dlib, who trained the network, divides by 256; so drawn towards the mean, its numbers are dlib's. */
const MEAN = [122.782, 117.001, 104.298];
const asFaceApiWants = (value: number, i: number): number => (value * 255 - MEAN[i % 3]!) * (255 / 256) + MEAN[i % 3]!;

let chips: Float32Array = new Float32Array();
process.on("message", async ({ chips: given, batch, calls }: EncodeRequest) => {
  if (given) chips = given.map(asFaceApiWants);
  const each = SIDE * SIDE * 3;
  const tensors = Array.from({ length: batch }, (_, i) => tf.tensor3d(chips.slice(i * each, (i + 1) * each), [SIDE, SIDE, 3]));
  const input = batch === 1 ? tensors[0] : tensors;
  let rows: Float32Array[] = [];
  const began = performance.now();
  for (let call = 0; call < calls; call++) rows = [await net.computeFaceDescriptor(input)].flat();
  const seconds = (performance.now() - began) / 1000;
  tensors.forEach((t) => t.dispose());
  const encodings = new Float32Array(batch * rows[0]!.length);
  rows.forEach((row, i) => encodings.set(row, i * row.length));
  process.send!({ seconds, encodings } satisfies EncodeReply);
});
process.send!({ ready: true });
