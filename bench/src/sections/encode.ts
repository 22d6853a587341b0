/** Face encodings per second, one at a time and sixteen together, against face-api's own WebAssembly build. */
import { loadGraph, run, tensorValue, type LoadedGraph, type TensorValue } from "@patchbay/runtime";
import { encoder, nodes } from "@patchbay/nodes";
import type { Value } from "@patchbay/runtime/node-api";
import { withCompute } from "../compute.ts";
import { startFaceApi, type FaceApiPeer } from "../face-api-peer.ts";
import { chips } from "../pictures.ts";
import { interleave, median } from "../rounds.ts";
import type { Row } from "../row.ts";
import type { Section } from "../section.ts";

const SIDE = 150;
const BATCHES = [[1, 5], [16, 9]] as const;
const WARM_UP = 5;
const OUR_SHARE = 6;
const PARAMS = { network: "face-128", file: "", scaling: "0-1", normalise: false };

interface Way {
  name: string;
  threads: number;
  /** Held against the targets. */
  counts: boolean;
  encode(images: TensorValue): Promise<Float32Array>;
}

export const encode: Section = async ({ quick, threads, say }) => {
  const pictures = await chips(16, SIDE);
  const peer = await startFaceApi(pictures);
  const graph = await loadGraph(encoderGraph(), { nodes });
  try {
    const rows: Row[] = [];
    const measure = async (way: Way) => {
      for (const [batch, atLeast] of BATCHES) {
        say(`encode: ${way.name}, batch ${batch}`);
        rows.push(...(await compare(way, batch, atLeast, pictures, peer, quick)));
      }
    };
    await measure(throughRun(graph, threads));
    for (const count of new Set([threads, 1])) await withProgram(count, count === threads, measure);
    return rows;
  } finally {
    peer.close();
    await graph.dispose();
  }
};

async function compare(way: Way, batch: number, atLeast: number, pictures: Float32Array, peer: FaceApiPeer, quick: boolean): Promise<Row[]> {
  const calls = Math.max(2, Math.round((quick ? 8 : 32) / batch));
  const image = (i: number): TensorValue => varied(pictures, batch, i);
  const encodings = await way.encode(image(0));
  // What a program does all day: the first calls compile JavaScript, which is no property of either side.
  for (let i = 1; i <= WARM_UP; i++) await way.encode(image(i));
  const expected = (await peer.encode({ batch, calls: 1 })).encodings;
  let nth = WARM_UP;
  // In a turn both sides work for about as long: ours would otherwise be over before its threads are awake.
  const ourCalls = calls * OUR_SHARE;
  const { ours, peer: theirs } = await interleave(quick ? 3 : 7, async () => {
    // Pictures differ from call to call, so that no kept value answers; making them is not part of the time.
    const images = Array.from({ length: ourCalls }, () => image(++nth));
    const began = performance.now();
    for (const i of images) await way.encode(i);
    return (performance.now() - began) / 1000;
  }, async () => (await peer.encode({ batch, calls })).seconds);
  const rate = (seconds: readonly number[], count: number) => (batch * count) / median(seconds);
  const difference = encodings.reduce((most, v, i) => Math.max(most, Math.abs(v - expected[i]!)), 0);
  return [{
    section: "encode", what: `${way.name}, batch ${batch}, ${way.threads} thread${way.threads > 1 ? "s" : ""}`, ours: rate(ours, ourCalls), unit: "/s", peer: rate(theirs, calls),
    ...(way.counts ? { target: { of: "ratio", atLeast } as const } : {}),
    note: `largest difference between the two sides' encodings ${difference.toExponential(1)}${way.threads > 1 ? "; the peer's WebAssembly has one thread under Node" : ""}.`,
  }];
}

/** The first `batch` pictures, one number of them changed. */
function varied(pictures: Float32Array, batch: number, i: number): TensorValue {
  const data = pictures.slice(0, batch * SIDE * SIDE * 3);
  if (i) data[i % data.length] = 0.5;
  return tensorValue({ dtype: "float32", shape: [batch, SIDE, SIDE, 3], data });
}

const throughRun = (graph: LoadedGraph, threads: number): Way => ({
  name: "Encoder through run()", threads, counts: true,
  async encode(images) {
    const { outputs } = await run(graph, { inputs: { images }, threads, backend: "onnx-native" });
    return (outputs["encodings"] as TensorValue).data as Float32Array;
  },
});

/** The same program without the run around it. */
async function withProgram(threads: number, counts: boolean, measure: (way: Way) => Promise<void>): Promise<void> {
  await withCompute(threads, async ({ compute, host }) => {
    const params = PARAMS;
    const prepared = await encoder.prepare!({ params, host, readFile: () => Promise.reject(new Error("this network is no file")) });
    await measure({
      name: "compiled program", threads, counts,
      async encode({ dtype, shape, data }) {
        const images = { dtype, shape, data };
        const { encoding } = await compute("encode", { images }, (b, i) => ({ encoding: encoder.lower!({ b, inputs: { image: i["images"]! }, inputLists: {}, params, prepared, known: {}, weight: (_, start) => b.constant(start()) })["encoding"] as Value }));
        return encoding!.data as Float32Array;
      },
    });
  });
}

const encoderGraph = () => ({
  format: "patchbay-graph", version: 1, wires: [],
  nodes: [{ id: "encoder", type: "Encoder", version: 1, params: {}, position: { x: 0, y: 0 } }],
  interface: { inputs: [{ name: "images", node: "encoder", port: "image" }], outputs: [{ name: "encodings", node: "encoder", port: "encoding" }] },
});
