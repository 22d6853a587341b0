#!/usr/bin/env node
/**
 * Small TensorFlow.js models with what TensorFlow.js computes of them, and what it computes of the models of nsfwjs.
 *
 *   tests/peers/tfjs-networks.mjs tests/fixtures/networks/tfjs      (a minute: its plain JavaScript engine is slow)
 *
 * Writes <name>/model.json with weights.bin and expected.json. Weights are seeded; `busy` is packages/nodes/src/testing/busy.ts.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const tf = createRequire(new URL("../../bench/package.json", import.meta.url))("@tensorflow/tfjs");
const nodes = createRequire(new URL("../../packages/nodes/package.json", import.meta.url));
await tf.setBackend("cpu");
const folder = process.argv[2];

const busy = (shape, low = -1, high = 1, salt = 1) => {
  const n = shape.reduce((a, b) => a * b, 1);
  return Float32Array.from({ length: n }, (_, i) => low + ((high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251)) / 250);
};

/** As the converter does it: 8 or 16 bits between the least and the greatest, or half precision. */
function quantise(values, dtype) {
  if (dtype === "float16") return { bytes: new Uint8Array(Uint16Array.from(values, toHalf).buffer), quantization: { dtype, original_dtype: "float32" } };
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const top = dtype === "uint8" ? 255 : 65535;
  const scale = max === min ? 1 : (max - min) / top;
  const codes = Array.from(values, (v) => Math.round((v - min) / scale));
  return { bytes: new Uint8Array((dtype === "uint8" ? Uint8Array.from(codes) : Uint16Array.from(codes)).buffer), quantization: { dtype, min, scale, original_dtype: "float32" } };
}
function toHalf(v) {
  const f = new Float32Array([v]);
  const bits = new Uint32Array(f.buffer)[0];
  const sign = (bits >>> 16) & 0x8000;
  const e = ((bits >>> 23) & 255) - 112;
  if (e <= 0 || v === 0) return sign;
  return sign | (e << 10) | ((bits >>> 13) & 0x3ff);
}

function save(name, json, parts, expected) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "model.json"), JSON.stringify(json));
  writeFileSync(join(path, "weights.bin"), Buffer.concat(parts));
  writeFileSync(join(path, "expected.json"), JSON.stringify(expected));
  console.log(name, parts.reduce((n, p) => n + p.length, 0), "bytes of weights");
}

/** The artefacts that a loader gets, quantised on the way. */
function pack(topology, named, quantisation, extra = {}) {
  const parts = [];
  const specs = named.map(({ name, shape, dtype, values }, i) => {
    const q = dtype === "float32" ? quantisation[i % quantisation.length] : null;
    const { bytes, quantization } = q ? quantise(values, q) : { bytes: new Uint8Array((dtype === "int32" ? Int32Array.from(values) : dtype === "bool" ? Uint8Array.from(values) : Float32Array.from(values)).buffer), quantization: undefined };
    parts.push(bytes);
    return { name, shape, dtype, ...(quantization ? { quantization } : {}) };
  });
  const weightData = Uint8Array.from(Buffer.concat(parts)).buffer;
  return { json: { modelTopology: topology, weightsManifest: [{ paths: ["weights.bin"], weights: specs }], ...extra }, parts, memory: { modelTopology: topology, weightSpecs: specs, weightData, ...extra } };
}

const l = tf.layers;
function functional() {
  const image = tf.input({ shape: [12, 11, 3], name: "image" });
  let x = l.zeroPadding2d({ padding: [[0, 1], [1, 0]], name: "pad" }).apply(image);
  x = l.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: "same", useBias: false, name: "conv1" }).apply(x);
  x = l.batchNormalization({ scale: false, name: "bn1" }).apply(x);
  x = l.reLU({ maxValue: 6, name: "relu1" }).apply(x);
  let y = l.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: "same", name: "depth", activation: "hardSigmoid" }).apply(x);
  y = l.separableConv2d({ filters: 4, kernelSize: [3, 2], padding: "same", name: "sep", activation: "elu" }).apply(y);
  x = l.add({ name: "sum" }).apply([x, y]);
  const a = l.maxPooling2d({ poolSize: 3, strides: 2, padding: "same", name: "mp" }).apply(x);
  const b = l.averagePooling2d({ poolSize: 3, strides: 2, padding: "same", name: "ap" }).apply(l.leakyReLU({ alpha: 0.2, name: "leaky" }).apply(x));
  x = l.concatenate({ name: "cat" }).apply([a, b]);
  x = l.prelu({ sharedAxes: [1, 2], name: "prelu" }).apply(x);
  x = l.conv2dTranspose({ filters: 5, kernelSize: 3, strides: 2, padding: "same", name: "up", activation: "softplus" }).apply(x);
  x = l.upSampling2d({ size: [2, 3], name: "wide" }).apply(l.cropping2D({ cropping: [[1, 1], [0, 1]], name: "crop" }).apply(x));
  x = l.conv2d({ filters: 3, kernelSize: 3, dilationRate: 2, name: "dilated", activation: "tanh" }).apply(x);
  const flat = l.flatten({ name: "flat" }).apply(x);
  const means = l.globalAveragePooling2d({ name: "gap" }).apply(x);
  const top = l.concatenate({ name: "both" }).apply([l.dense({ units: 4, activation: "selu", name: "fc1" }).apply(l.dropout({ rate: 0.3, name: "drop" }).apply(flat)), means]);
  return tf.model({ inputs: image, outputs: l.dense({ units: 5, activation: "softmax", name: "probabilities" }).apply(top), name: "mixed" });
}
function nested() {
  const base = tf.sequential({ name: "base", layers: [l.conv2d({ inputShape: [9, 9, 2], filters: 3, kernelSize: 3, strides: 2, name: "c", activation: "relu" }), l.globalMaxPooling2d({ name: "g" })] });
  const head = tf.sequential({ name: "head", layers: [l.dense({ inputShape: [3], units: 6, activation: "tanh", name: "d1" }), l.reshape({ targetShape: [2, 3], name: "r" }), l.permute({ dims: [2, 1], name: "p" }), l.flatten({ name: "f" }), l.dense({ units: 2, useBias: false, name: "d2" })] });
  return tf.sequential({ name: "whole", layers: [base, head] });
}
function signal() {
  return tf.sequential({ name: "signal", layers: [l.conv1d({ inputShape: [20, 2], filters: 4, kernelSize: 5, strides: 2, padding: "same", activation: "relu", name: "c1" }), l.maxPooling1d({ poolSize: 2, name: "m" }), l.conv1d({ filters: 3, kernelSize: 3, name: "c2" }), l.globalAveragePooling1d({ name: "g" })] });
}

async function layersModel(name, model, shape, quantisation) {
  model.setWeights(model.weights.map((w, i) => tf.tensor(busy(w.shape, w.originalName.endsWith("variance") ? 0.5 : -0.6, w.originalName.endsWith("variance") ? 1.5 : 0.6, i + 3), w.shape)));
  const { modelTopology } = await new Promise((done) => model.save(tf.io.withSaveHandler((artifacts) => done(artifacts) ?? { modelArtifactsInfo: {} })));
  const named = model.weights.map((w) => ({ name: w.originalName, shape: w.shape, dtype: "float32", values: w.read().dataSync() }));
  const { json, parts, memory } = pack(modelTopology, named, quantisation);
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(memory));
  const y = loaded.predict(tf.tensor(busy(shape), shape));
  save(name, json, parts, { shape, outputs: [{ shape: y.shape, data: Array.from(y.dataSync()) }] });
}

const b64 = (s) => Buffer.from(s).toString("base64");
const A = { s: (s) => ({ s: b64(s) }), ints: (...i) => ({ list: { i: i.map(String) } }), texts: (...s) => ({ list: { s: s.map(b64) } }), b: (b) => ({ b }), f: (f) => ({ f }), i: (i) => ({ i: String(i) }), type: (type) => ({ type }) };
/** One node of each kind that converted classifiers hold, with explicit constants as the converter leaves them. */
async function graphModel(name, quantisation) {
  const node = [];
  const named = [];
  const constant = (n, shape, values, dtype = "float32") => {
    named.push({ name: n, shape, dtype, values });
    node.push({ name: n, op: "Const", attr: { dtype: A.type(dtype === "int32" ? "DT_INT32" : "DT_FLOAT"), value: { tensor: { dtype: dtype === "int32" ? "DT_INT32" : "DT_FLOAT", tensorShape: { dim: shape.map((d) => ({ size: String(d) })) } } } } });
    return n;
  };
  const weight = (n, shape, salt, low = -0.6, high = 0.6) => constant(n, shape, busy(shape, low, high, salt));
  const ints = (n, shape, values) => constant(n, shape, values, "int32");
  const op = (n, kind, input, attr = {}) => {
    node.push({ name: n, op: kind, input, attr: { T: A.type("DT_FLOAT"), ...attr } });
    return n;
  };
  const conv = (strides, padding, more = {}) => ({ strides: A.ints(1, strides, strides, 1), padding: A.s(padding), data_format: A.s("NHWC"), dilations: A.ints(1, 1, 1, 1), ...more });
  node.push({ name: "image", op: "Placeholder", attr: { dtype: A.type("DT_FLOAT"), shape: { shape: { dim: [{ size: "-1" }, { size: "13" }, { size: "12" }, { size: "3" }] } } } });
  let x = op("scaled", "Mul", ["image", weight("half", [], 4, 0.5, 0.6)]);
  x = op("pad", "Pad", [x, ints("margins", [4, 2], [0, 0, 1, 0, 0, 1, 0, 0])], { Tpaddings: A.type("DT_INT32") });
  x = op("stem", "_FusedConv2D", [x, weight("stem/w", [3, 3, 3, 4], 5), weight("stem/b", [4], 6)], conv(2, "VALID", { fused_ops: A.texts("BiasAdd", "Relu6"), num_args: A.i(1), epsilon: A.f(0) }));
  let y = op("depth", "DepthwiseConv2dNative", [x, weight("depth/w", [3, 3, 4, 2], 7)], conv(1, "SAME"));
  y = op("bn", "FusedBatchNormV3", [y, weight("bn/s", [8], 8, 0.5, 1.5), weight("bn/o", [8], 9), weight("bn/m", [8], 10), weight("bn/v", [8], 11, 0.5, 1.5)], { epsilon: A.f(0.001), is_training: A.b(false), data_format: A.s("NHWC") });
  y = op("fusedDepth", "FusedDepthwiseConv2dNative", [y, weight("fd/w", [3, 3, 8, 1], 12), weight("fd/b", [8], 13)], conv(1, "SAME", { fused_ops: A.texts("BiasAdd", "Relu"), num_args: A.i(1) }));
  y = op("project", "BiasAdd", [op("point", "Conv2D", [y, weight("point/w", [1, 1, 8, 4], 14)], conv(1, "VALID")), weight("point/b", [4], 15)]);
  x = op("sum", "AddV2", [x, y]);
  const a = op("mp", "MaxPool", [x], { ksize: A.ints(1, 3, 3, 1), strides: A.ints(1, 2, 2, 1), padding: A.s("SAME") });
  const v = op("ap", "AvgPool", [op("leaky", "LeakyRelu", [x], { alpha: A.f(0.1) })], { ksize: A.ints(1, 3, 3, 1), strides: A.ints(1, 2, 2, 1), padding: A.s("SAME") });
  x = op("cat", "ConcatV2", [a, v, ints("axis", [], [3])], { N: A.i(2) });
  x = op("big", "ResizeBilinear", [x, ints("bigger", [2], [5, 8])], { align_corners: A.b(false), half_pixel_centers: A.b(true) });
  x = op("near", "ResizeNearestNeighbor", [x, ints("nearer", [2], [7, 6])], { align_corners: A.b(false), half_pixel_centers: A.b(false) });
  const space = op("s2b", "SpaceToBatchND", [x, ints("block", [2], [2, 2]), ints("crops0", [2, 2], [0, 1, 0, 0])]);
  x = op("b2s", "BatchToSpaceND", [op("inner", "Elu", [space]), "block", ints("crops1", [2, 2], [0, 1, 0, 0])]);
  const shape = op("shape", "Shape", [x], { out_type: A.type("DT_INT32") });
  const n = op("n", "StridedSlice", [shape, ints("zero", [1], [0]), ints("one", [1], [1]), ints("step", [1], [1])], { begin_mask: A.i(0), end_mask: A.i(0), shrink_axis_mask: A.i(1), new_axis_mask: A.i(0), ellipsis_mask: A.i(0) });
  const flat = op("flat", "Reshape", [x, op("target", "Pack", [n, ints("rest", [], [-1])], { axis: A.i(0), N: A.i(2), T: A.type("DT_INT32") })]);
  const fc = op("fc", "_FusedMatMul", [flat, weight("fc/w", [336, 5], 16, -0.1, 0.1), weight("fc/b", [5], 17)], { fused_ops: A.texts("BiasAdd", "Elu"), transpose_a: A.b(false), transpose_b: A.b(false), num_args: A.i(1) });
  op("probabilities", "Softmax", [fc]);
  const means = op("means", "Mean", [x, ints("spatial", [2], [1, 2])], { keep_dims: A.b(false) });
  op("unit", "Mul", [means, op("inverse", "Rsqrt", [op("norm", "Maximum", [op("squares", "Sum", [op("square", "Square", [means]), ints("last", [1], [1])], { keep_dims: A.b(true) }), weight("tiny", [], 18, 1e-4, 1e-3)])])]);
  const signature = { inputs: { image: { name: "image:0", dtype: "DT_FLOAT", tensorShape: { dim: [{ size: "-1" }, { size: "13" }, { size: "12" }, { size: "3" }] } } }, outputs: { classes: { name: "probabilities:0", dtype: "DT_FLOAT" }, encoding: { name: "unit:0", dtype: "DT_FLOAT" } } };
  const { json, parts, memory } = pack({ node, library: {}, versions: {} }, named, quantisation, { signature });
  const loaded = await tf.loadGraphModel(tf.io.fromMemory({ ...memory, format: "graph-model" }));
  const inputShape = [2, 13, 12, 3];
  const results = await loaded.executeAsync({ image: tf.tensor(busy(inputShape), inputShape) }, ["probabilities", "unit"]);
  save(name, json, parts, { shape: inputShape, outputs: results.map((r) => ({ shape: r.shape, data: Array.from(r.dataSync()) })) });
}

/** What TensorFlow.js computes of the models that nsfwjs carries, whose weights are quantised to 8 bits. */
async function published(model, kind, shape) {
  const path = join(dirname(nodes.resolve("nsfwjs")), "../../dist/models", model);
  const json = nodes(join(path, "model.min.js"));
  const specs = json.weightsManifest.flatMap((g) => g.weights);
  const shards = json.weightsManifest.flatMap((g) => g.paths).map((name) => Buffer.from(nodes(join(path, `${name}.min.js`)), "base64"));
  const memory = { modelTopology: json.modelTopology, weightSpecs: specs, weightData: Uint8Array.from(Buffer.concat(shards)).buffer, format: kind, ...(json.signature ? { signature: json.signature } : {}), ...(json.userDefinedMetadata ? { userDefinedMetadata: json.userDefinedMetadata } : {}) };
  const loaded = kind === "graph-model" ? await tf.loadGraphModel(tf.io.fromMemory(memory)) : await tf.loadLayersModel(tf.io.fromMemory(memory));
  const y = loaded.predict(tf.tensor(busy(shape, 0, 1), shape));
  return { model, shape, output: Array.from(y.dataSync()) };
}

await layersModel("layers", functional(), [2, 12, 11, 3], ["uint8", "uint16", "float16", null]);
await layersModel("nested", nested(), [3, 9, 9, 2], [null]);
await layersModel("signal", signal(), [2, 20, 2], ["float16"]);
await graphModel("graph", [null, "uint8", "uint16"]);
const results = [await published("mobilenet_v2", "layers-model", [1, 224, 224, 3]), await published("mobilenet_v2_mid", "graph-model", [1, 224, 224, 3]), await published("inception_v3", "layers-model", [1, 299, 299, 3])];
writeFileSync(join(folder, "published.json"), `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results));
