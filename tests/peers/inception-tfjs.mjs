/**
 * What TensorFlow.js computes with nsfwjs' whole InceptionV3 on a fixed picture, up to `mixed2`: the published form, with its pools and paddings.
 * `tests/peers/inception_cases.py` prints the same numbers from the weights that the build cuts out. Run it after an update of nsfwjs:
 * `node tests/peers/inception-tfjs.mjs` (a minute: its plain JavaScript engine is slow).
 */
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(new URL("../../packages/nodes/package.json", import.meta.url));
const tf = createRequire(new URL("../../bench/package.json", import.meta.url))("@tensorflow/tfjs");
const folder = path.join(path.dirname(require.resolve("nsfwjs")), "../../dist/models/inception_v3");
const { modelTopology, weightsManifest: [{ weights, paths }] } = require(path.join(folder, "model.min.js"));
const bytes = Buffer.concat(paths.map((name) => Buffer.from(require(path.join(folder, `${name}.min.js`)), "base64")));
const names = ["activation_1", "activation_2", "activation_3", "activation_5", "mixed0", "mixed1", "mixed2"];
/** The network for pictures of any size, without what comes after `mixed2`: its dense layers want one size. */
const topology = structuredClone(modelTopology);
const { config } = topology.model_config;
config.layers.splice(config.layers.findIndex((layer) => layer.name === "mixed2") + 1);
config.layers[0].config.batch_input_shape = [null, null, null, 3];
config.output_layers = names.map((name) => [name, 0, 0]);
await tf.setBackend("cpu");
const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology, weightSpecs: weights, weightData }), { strict: false });

/** packages/nodes/src/testing/busy.ts, in 0…1; the network takes 2x − 1. */
const shape = [1, 95, 103, 3];
const busy = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => ((7 * i * i + 37 * i + 11) % 251) / 250);
const out = model.predict(tf.tensor4d(busy.map((v) => v * 2 - 1), shape));
for (const [i, name] of names.entries()) {
  const values = out[i].dataSync();
  const n = values.length;
  const numbers = [values.reduce((a, v) => a + v, 0) / n, Math.sqrt(values.reduce((a, v) => a + v * v, 0) / n), ...[0, 1, 2, 3, 4].map((k) => values[(k * 7919 + 13) % n])];
  console.log(`published ${name} [${out[i].shape}] [${numbers.map((v) => Number(v.toPrecision(8))).join(", ")}]`);
}
