/** Worked examples of Pairs: half and half, never across the split, or as listed. */
import { float32, tensorValue, type DatasetValue, type NodeCase, type RuntimeValue, type TensorValue } from "@patchbay/runtime/node-api";

const dataset: DatasetValue = {
  kind: "dataset", example: [1], data: Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7]), classes: ["a", "b", "c", "d"], labels: Int32Array.from([0, 0, 0, 1, 1, 2, 2, 3]),
  heldOut: Uint8Array.from([0, 0, 0, 0, 0, 1, 1, 0]), names: ["a1", "a2", "a3", "b1", "b2", "c1", "c2", "d1"], network: "net", meaning: "encoding",
};
const never = (...held: number[]) => (value: RuntimeValue) => {
  const { data, network } = value as TensorValue;
  if (network !== "net") throw new Error(`of the network ${network}`);
  if ([...data].some((v) => held.includes(v))) throw new Error(`${data} holds what is held out`);
};

export const cases: NodeCase[] = [
  { name: "a quarter same", params: { size: 8, share: 0.25 }, inputs: { dataset }, from: "by hand", expected: { same: tensorValue(float32([8], [1, 1, 0, 0, 0, 0, 0, 0])), a: never(5, 6), b: never(5, 6) } },
  {
    name: "listed pairs, each once before any comes again", params: { size: 2 }, inputs: { dataset: { ...dataset, pairs: [{ a: 0, b: 1, same: true }, { a: 2, b: 0, same: true }, { a: 5, b: 6, same: true }, { a: 0, b: 5, same: false }] } }, from: "by hand: two lie in the part that is learned from",
    expected: {
      same: tensorValue(float32([2], [1, 1])),
      a: (value) => {
        if ([...(value as TensorValue).data].sort().join() !== "0,2") throw new Error(`${(value as TensorValue).data} instead of 0 and 2`);
      },
    },
  },
];
