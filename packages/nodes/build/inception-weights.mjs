/**
 * Cuts InceptionV3's first blocks (up to `mixed2`) out of the npm package nsfwjs: 1 MB of its 22, so that neither a page nor an installed
 * library carries the rest. `npm run build` writes them to dist/weights/ in TensorFlow.js' weights format, with the package's licence.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Convolutions 1–26 and their normalisations lie before or inside `mixed2`. */
const LAST = 26;
const NAME = "inception-v3-mixed2";

const require = createRequire(import.meta.url);
const home = path.join(path.dirname(require.resolve("nsfwjs")), "../..");
const model = path.join(home, "dist/models/inception_v3");
const target = path.join(import.meta.dirname, "../dist/weights");

// The package wraps its data in scripts: the manifest as an object, each piece of the weights as one text in base64.
const [{ weights, paths }] = require(path.join(model, "model.min.js")).weightsManifest;

/** One piece; only those are read that hold wanted bytes. */
const pieces = new Map();
function piece(name) {
  if (!pieces.has(name)) pieces.set(name, Buffer.from(require(path.join(model, `${name}.min.js`)), "base64"));
  return pieces.get(name);
}

/** Bytes of all pieces one after the other; all but the last are of one length. */
function bytes(from, to) {
  const { length } = piece(paths[0]);
  const parts = [];
  for (let i = Math.floor(from / length); i * length < to; i++) parts.push(piece(paths[i]).subarray(Math.max(0, from - i * length), to - i * length));
  return Buffer.concat(parts);
}

const kept = [];
const data = [];
let at = 0;
for (const entry of weights) {
  if (entry.dtype !== "float32" || entry.quantization?.dtype !== "uint8") throw new Error(`${entry.name} of nsfwjs is not stored as bytes any more.`);
  const size = entry.shape.reduce((n, d) => n * d, 1);
  const place = /^(?:conv2d|batch_normalization)_(\d+)\//.exec(entry.name);
  if (place && Number(place[1]) <= LAST) {
    kept.push(entry);
    data.push(bytes(at, at + size));
  }
  at += size;
}
const total = kept.reduce((n, { shape }) => n + shape.reduce((m, d) => m * d, 1), 0);
const all = Buffer.concat(data);
if (kept.length !== 4 * LAST || all.length !== total) throw new Error(`nsfwjs holds ${kept.length} of the ${4 * LAST} weights, ${all.length} of ${total} bytes.`);

await mkdir(target, { recursive: true });
await writeFile(path.join(target, `${NAME}-weights_manifest.json`), JSON.stringify([{ paths: [`${NAME}.bin`], weights: kept }]));
await writeFile(path.join(target, `${NAME}.bin`), all);
await writeFile(path.join(target, `${NAME}.LICENSE`), await readFile(path.join(home, "LICENSE")));
