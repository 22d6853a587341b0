/**
 * Writes packages/nodes/src/networks/face-api-expected.json: what @vladmandic/face-api itself computes on fixed crops of its own demo pictures, for the
 * tests of our networks. Run it after an update of the package: `node tests/peers/face-api-expected.mjs`.
 * Crops are whole pixels, so that no resampling takes part.
 */
import { readFileSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import sharp from "sharp";

// The package's Node build asks for the whole of TensorFlow.js; its core with the CPU backend is here already and enough.
const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-cpu");
for (const name of ["add", "sub", "mul", "div", "mean", "concat", "expandDims", "reshape", "slice"])
  tf.Tensor.prototype[name] ??= function (...rest) { return tf[name](this, ...rest); };
for (const rank of [1, 2, 3, 4]) tf.Tensor.prototype[`as${rank}D`] ??= function (...shape) { return tf.reshape(this, rank === 1 ? [this.size] : shape); };
const load = Module._load;
Module._load = (request, ...rest) =>
  request === "@tensorflow/tfjs" ? tf : request === "@tensorflow/tfjs-backend-wasm" ? {} : load(request, ...rest);
const faceapi = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
await tf.setBackend("cpu");

const CROPS = {
  encoder: { photo: "sample3.jpg", left: 1145, top: 260, size: 150 },
  ssd: { photo: "sample3.jpg", left: 950, top: 130, size: 512 },
  tiny: { photo: "sample6.jpg", left: 560, top: 270, size: 416 },
  landmarks: { photo: "sample1.jpg", left: 415, top: 410, size: 112 },
};

const file = (name) => require.resolve(`@vladmandic/face-api/${name}`);
async function crop({ photo, left, top, size }) {
  const data = await sharp(file(`demo/${photo}`)).extract({ left, top, width: size, height: size }).raw().toBuffer();
  return tf.tensor4d(new Float32Array(data), [1, size, size, 3]);
}
async function ready(net, model) {
  const [group] = JSON.parse(readFileSync(file(`model/${model}-weights_manifest.json`), "utf8"));
  const bin = readFileSync(file(`model/${model}.bin`));
  await net.loadFromWeightMap(tf.io.decodeWeights(bin.buffer.slice(bin.byteOffset, bin.byteOffset + bin.byteLength), group.weights));
  return net;
}
const rounded = (values) => Array.from(values, (v) => Number(v.toPrecision(9)));

/** Boxes (top, left, bottom, right as shares) and scores above `least`, best first. */
function best(boxes, scores, least) {
  return scores.map((score, i) => ({ index: i, score, box: boxes[i] })).filter((d) => d.score > least).sort((a, b) => b.score - a.score)
    .map((d) => ({ index: d.index, score: rounded([d.score])[0], box: rounded(d.box) }));
}

const out = { from: `@vladmandic/face-api ${require("@vladmandic/face-api/package.json").version} on tfjs-backend-cpu ${tf.version_core}`, crops: CROPS };
{
  const net = await ready(new faceapi.FaceRecognitionNet(), "face_recognition_model");
  const x = await crop(CROPS.encoder);
  // The numbers of src/testing/busy.ts between 0 and 1, for the worked example of the Encoder node.
  const busy = tf.tensor4d(Float32Array.from({ length: 150 * 150 * 3 }, (_, i) => (255 * ((7 * i * i + 37 * i + 11) % 251)) / 250), [1, 150, 150, 3]);
  // The package divides by 255 where dlib, who trained the network, divides by 256: the second one is what ours computes,
  // and the package computes it for a picture drawn towards the mean by 255/256.
  const mean = tf.tensor1d([122.782, 117.001, 104.298]);
  const encode = (pixels) => rounded(net.forwardInput(new faceapi.NetInput([tf.add(tf.mul(tf.sub(pixels, mean), 255 / 256), mean)])).dataSync());
  out.encoder = encode(x);
  const ofBusy = encode(busy);
  out.encoderOfBusy = ofBusy.slice(0, 16);
  out.encoderOfBusyLength = Math.hypot(...ofBusy);
  out.encoderOver255 = rounded(net.forwardInput(new faceapi.NetInput([x])).dataSync());
}
{
  const net = await ready(new faceapi.SsdMobilenetv1(), "ssd_mobilenetv1_model");
  const { boxes, scores } = net.forwardInput(new faceapi.NetInput([await crop(CROPS.ssd)]));
  out.ssd = best(boxes[0].arraySync(), scores[0].arraySync(), 0.1);
}
{
  const net = await ready(new faceapi.TinyFaceDetector(), "tiny_face_detector_model");
  const results = await net.extractBoxes(net.forwardInput(new faceapi.NetInput([await crop(CROPS.tiny)]), 416), { width: 416, height: 416 }, 0.01);
  out.tiny = best(results.map(({ box }) => [box.top, box.left, box.bottom, box.right]), results.map((r) => r.score), 0.01)
    .map((d) => ({ ...d, index: (results[d.index].row * 13 + results[d.index].col) * 5 + results[d.index].anchor }));
}
for (const [name, net, model] of [["landmarksFull", new faceapi.FaceLandmark68Net(), "face_landmark_68_model"], ["landmarksTiny", new faceapi.FaceLandmark68TinyNet(), "face_landmark_68_tiny_model"]]) {
  await ready(net, model);
  out[name] = rounded(net.forwardInput(new faceapi.NetInput([await crop(CROPS.landmarks)])).dataSync());
}
const text = JSON.stringify(out, null, 1).replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
writeFileSync(new URL("../../packages/nodes/src/networks/face-api-expected.json", import.meta.url), `${text}\n`);
