/** Output values as `run --json` prints them: what a script needs, with pictures and large tensors described and not dumped. */
import { learnedJson, type PictureFaces, type RuntimeValue } from "@patchbay/runtime/node-api";

/** Tensors up to this many numbers are printed whole: encodings are, activations are not. */
const SMALL = 4096;

/** `path`: the file it was written to. */
export function valueJson(value: RuntimeValue, path?: string): unknown {
  const file = path === undefined ? {} : { path };
  switch (value.kind) {
    case "tensor":
      return { dtype: value.dtype, shape: value.shape, ...(value.data.length <= SMALL ? { data: numbers(value.data) } : {}), ...file };
    case "image":
      return { width: value.width, height: value.height, ...file };
    case "images":
      return { count: value.items.length, items: value.items.map(({ name, label, image }) => ({ name, ...(label === undefined ? {} : { label }), width: image.width, height: image.height })), ...file };
    case "activations":
      return { network: value.network, layers: value.layers.map(({ name, tensor }) => ({ name, dtype: tensor.dtype, shape: tensor.shape })), ...file };
    case "faces":
      return { ...pictureFaces(value), ...(value.more ? { more: value.more.map(pictureFaces) } : {}), ...file };
    case "gallery":
      return { network: value.network, width: value.width, people: new Set(value.entries.map((e) => e.name)).size, photos: value.entries.length, ...file };
    case "decision":
      return { same: value.same, distance: value.distance, threshold: value.threshold, margin: value.margin, ...file };
    case "identity":
      return { name: value.name, distance: value.distance, threshold: value.threshold, candidates: value.candidates, ...file };
    case "series":
      return { x: value.x, curves: value.curves, ...file };
    case "table":
      return { columns: value.columns, rows: value.rows, ...file };
    case "text":
      return path === undefined ? value.text : { text: value.text, ...file };
    case "number":
      return path === undefined ? value.value : { value: value.value, ...file };
    default:
      return { ...learnedJson(value), ...file };
  }
}

const pictureFaces = ({ image, faces }: PictureFaces): object => ({ ...(image.name === undefined ? {} : { name: image.name }), width: image.width, height: image.height, faces });

/** JSON has no NaN and no infinities: they become null, as JSON.stringify would have it, but here on purpose. */
const numbers = (data: ArrayLike<number>): (number | null)[] => Array.from(data, (v) => (Number.isFinite(v) ? v : null));
