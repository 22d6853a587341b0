/** Volumes from files: numbers placed by hand in files that are written byte by byte, and a sentence for whatever is wrong with one. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { GraphDocument, Json, TensorType } from "@patchbay/graph-core";
import { GraphError, loadGraph, run } from "@patchbay/runtime";
import { NodeFailure, type TableValue, type TensorValue } from "@patchbay/runtime/node-api";
import { array, assert, asyncProperty, constantFrom, integer, nat, tuple, uint8Array } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDefaultHost } from "../../../runtime/src/host/default-node.ts";
import { nodes } from "../index.ts";
import { dicomFile, gzipped, niftiFile, npyFile, type DicomOptions } from "../volumes/test-volume-files.ts";
import { describeVolume, readVolume } from "./volume-file.ts";

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "volume-"))));
afterAll(() => rm(folder, { recursive: true }));
const put = async (name: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), bytes);
};

async function read(params: { [name: string]: Json }) {
  const document: GraphDocument = {
    format: "patchbay-graph", version: 1, wires: [],
    nodes: [{ id: "scan", type: "Volume", version: 1, params: { values: "stored", ...params }, position: { x: 0, y: 0 } }],
    interface: { inputs: [], outputs: [{ name: "volume", node: "scan", port: "volume" }, { name: "table", node: "scan", port: "table" }] },
  };
  const graph = await loadGraph(document, { nodes, host: await createDefaultHost({ graphFolder: folder }) });
  try {
    const told = (graph.inference.types.get("scan.volume") as TensorType | undefined)?.shape;
    const { outputs, notices } = await run(graph, { backend: "reference" });
    const { shape, data } = outputs["volume"] as TensorValue;
    const about = Object.fromEntries((outputs["table"] as TableValue).rows.map(([name, value]) => [String(name).split(" ")[0]!, value]));
    return { told, shape, values: [...data], about, notices: notices.map((n) => `${n.code}: ${n.message}`) };
  } finally {
    await graph.dispose();
  }
}
const failure = async (params: { [name: string]: Json }): Promise<string> => {
  const error: unknown = await read(params).then(() => undefined, (e: unknown) => e);
  if (!(error instanceof GraphError)) throw new Error(`no sentence, but ${String(error)}`);
  return error.diagnostics.map((d) => `${d.code}: ${d.message}`).join("\n");
};

// 3 columns, 2 rows, 2 slices; the digits of a value are its place: z y x.
const PLACES = [0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112];

describe("NIfTI", () => {
  it.each([["little endian", false], ["big endian", true]])("version 1, %s: x runs fastest, the slope and intercept are applied, the spacing is told", async (_name, bigEndian) => {
    await put("a.nii", niftiFile({ dims: [3, 2, 2], values: PLACES, slope: 2, intercept: -1, spacing: [0.5, 0.75, 3], bigEndian }));
    const { told, shape, values, about } = await read({ file: "a.nii" });
    expect(told).toEqual([1, 2, 2, 3, 1]);
    expect(shape).toEqual([1, 2, 2, 3, 1]);
    expect(values).toEqual(PLACES.map((v) => 2 * v - 1));
    expect(about).toMatchObject({ format: "NIfTI-1", spacing: "3 × 0.75 × 0.5 mm", lowest: -1, highest: 223 });
  });
  it("gzipped, version 2, in metres", async () => {
    await put("b.nii.gz", await gzipped(niftiFile({ version: 2, dims: [3, 2, 2], values: PLACES, datatype: 64, spacing: [0.001, 0.002, 0.003], units: 1 })));
    const { told, values, about } = await read({ file: "b.nii.gz" });
    expect([told, values, about["format"], about["spacing"]]).toEqual([[1, 2, 2, 3, 1], PLACES, "NIfTI-2", "3 × 2 × 1 mm"]);
  });
  it("times become channels, and so do colours", async () => {
    await put("t.nii", niftiFile({ dims: [2, 1, 1, 3], values: [1, 2, 3, 4, 5, 6] }));
    expect(await read({ file: "t.nii" })).toMatchObject({ told: [1, 1, 1, 2, 3], values: [1, 3, 5, 2, 4, 6] });
    await put("rgb.nii", niftiFile({ dims: [2, 1, 1], values: [1, 2, 3, 4, 5, 6], datatype: 128 }));
    expect(await read({ file: "rgb.nii" })).toMatchObject({ shape: [1, 1, 1, 2, 3], values: [1, 2, 3, 4, 5, 6] });
  });
  it("is turned: rows from front to back, columns from right to left, slices from foot to head", async () => {
    // The usual axes of NIfTI, to the right, the front and the head: rows and columns run backwards.
    await put("ras.nii", niftiFile({ dims: [3, 2, 2], values: PLACES, affine: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] }));
    expect((await read({ file: "ras.nii" })).values).toEqual([12, 11, 10, 2, 1, 0, 112, 111, 110, 102, 101, 100]);
    // Half a turn around the axis to the front: columns from right to left already, slices from head to foot. Rounded up, the quaternion is too long.
    for (const c of [1, 1.0000001]) {
      await put("q.nii", niftiFile({ dims: [3, 2, 2], values: PLACES, quaternion: [0, c, 0] }));
      expect((await read({ file: "q.nii" })).values).toEqual([110, 111, 112, 100, 101, 102, 10, 11, 12, 0, 1, 2]);
    }
    // Sagittal slices: x to the head, y to the front, z to the left. Depth is then x, height y backwards, width z.
    await put("sag.nii", niftiFile({ dims: [3, 2, 2], values: PLACES, spacing: [1, 2, 3], affine: [[0, 0, -3, 0], [0, 2, 0, 0], [1, 0, 0, 0]] }));
    const { told, values, about } = await read({ file: "sag.nii" });
    expect(told).toEqual([1, 3, 2, 2, 1]);
    expect(values).toEqual([10, 110, 0, 100, 11, 111, 1, 101, 12, 112, 2, 102]);
    expect(about["spacing"]).toBe("1 × 2 × 3 mm");
  });
  it("says what is wrong", async () => {
    const whole = niftiFile({ dims: [3, 2, 2], values: PLACES });
    await put("cut.nii", whole.slice(0, whole.length - 2));
    expect(await failure({ file: "cut.nii" })).toBe("file-malformed: “cut.nii” is cut off: its voxels take 24 bytes, and 22 are there.");
    await put("pair.nii", niftiFile({ dims: [3, 2, 2], values: PLACES, magic: "ni1\0" }));
    expect(await failure({ file: "pair.nii" })).toMatch(/^file-missing: “pair\.nii” is the header of a NIfTI pair whose voxels lie in another file/);
    await put("complex.nii", niftiFile({ dims: [1, 1, 1], values: [1], datatype: 32 }));
    expect(await failure({ file: "complex.nii" })).toMatch(/holds voxels of a kind that is not read/);
    await put("zero.nii", niftiFile({ dims: [3, 0, 2], values: [] }));
    expect(await failure({ file: "zero.nii" })).toMatch(/says that its size is 2 × 0 × 3 × 1, which no volume has/);
    await put("huge.nii", niftiFile({ dims: [30_000, 30_000, 30_000], values: [] }));
    expect(await failure({ file: "huge.nii" })).toMatch(/holds 30000 × 30000 × 30000 × 1 numbers; at most 134 million are read/);
    await put("torn.nii.gz", (await gzipped(whole)).slice(0, 60));
    expect(await failure({ file: "torn.nii.gz" })).toMatch(/torn\.nii\.gz” (is damaged: it cannot be decompressed|is no NIfTI file, or its header is cut off)/);
    await put("words.nii", new TextEncoder().encode("not a scan"));
    expect(await failure({ file: "words.nii" })).toBe("file-missing: “words.nii” is no volume: NIfTI (.nii, .nii.gz), DICOM and NumPy (.npy) files are read.");
    expect(await failure({ file: "nowhere.nii" })).toMatch(/nowhere\.nii/);
  });
  it("a small file that promises much sets nothing aside", async () => {
    const lying = await gzipped(niftiFile({ dims: [500, 500, 500], values: [] }));
    await expect(readVolume(lying, "lying.nii.gz")).rejects.toThrow(/is cut off/);
  });
});

describe("NumPy", () => {
  it.each([
    ["<f4", Float32Array.from(PLACES)], ["<f8", Float64Array.from(PLACES)], ["|u1", Uint8Array.from(PLACES)], ["<i2", Int16Array.from(PLACES)], ["<i4", Int32Array.from(PLACES)], ["<i8", BigInt64Array.from(PLACES, BigInt) as unknown as Float64Array],
  ])("%s", async (descr, data) => {
    await put("a.npy", npyFile(descr, [2, 2, 3], data));
    expect(await read({ file: "a.npy" })).toMatchObject({ told: [1, 2, 2, 3, 1], values: PLACES, about: { format: "NumPy", spacing: "not told" } });
  });
  it("of NumPy itself, first axis fastest, big endian, with channels", async () => {
    // np.asfortranarray(np.arange(12).reshape(1,2,3,2)).astype('>i2'), NumPy 1.24: bytes in memory order.
    const memory = Uint8Array.from([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11].flatMap((v) => [0, v]));
    await put("f.npy", npyFile(">i2", [1, 2, 3, 2], memory, true));
    expect(await read({ file: "f.npy" })).toMatchObject({ shape: [1, 1, 2, 3, 2], values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] });
  });
  it("says what is wrong", async () => {
    await put("flat.npy", npyFile("<f4", [4, 4], new Float32Array(16)));
    expect(await failure({ file: "flat.npy" })).toMatch(/flat\.npy” has the shape \[4,4\]; a volume is \[depth,height,width\]/);
    await put("words.npy", npyFile("<U3", [1, 1, 1], new Uint8Array(12)));
    expect(await failure({ file: "words.npy" })).toMatch(/save it with “array\.astype\('float32'\)”/);
    await put("cut.npy", npyFile("<f4", [9, 9, 9], new Float32Array(8)));
    expect(await failure({ file: "cut.npy" })).toMatch(/^file-malformed: “cut\.npy” is cut off: its voxels take 2,916 bytes, and 32 are there\./);
  });
});

const slice = (z: number, more: Partial<DicomOptions> = {}): DicomOptions => ({ rows: 2, columns: 3, values: [0, 1, 2, 10, 11, 12].map((v) => v + 100 * z), position: [-5, -5, 2.5 * z], orientation: [1, 0, 0, 0, 1, 0], spacing: [0.75, 0.5], instance: 9 - z, ...more });

describe("a DICOM series", () => {
  it("is sorted by place, whatever names and numbers say, with slope and intercept", async () => {
    for (const [i, z] of [2, 0, 1].entries()) await put(`ct/${i}.dcm`, dicomFile(slice(z, { slope: 2, intercept: -1024 })));
    const { told, shape, values, about, notices } = await read({ file: "ct" });
    expect(told).toEqual([1, "D@scan", "H@scan", "W@scan", 1]);
    expect(shape).toEqual([1, 3, 2, 3, 1]);
    expect(values).toEqual([0, 1, 2].flatMap((z) => [0, 1, 2, 10, 11, 12].map((v) => 2 * (v + 100 * z) - 1024)));
    expect(about).toMatchObject({ format: "DICOM series", spacing: "2.5 × 0.75 × 0.5 mm" });
    expect(JSON.stringify(about)).not.toMatch(/Doe/);
    expect(notices).toEqual([]);
    expect((await read({ file: "ct/0.dcm, ct/1.dcm" })).shape).toEqual([1, 2, 2, 3, 1]);
  });
  it("files that the caller names, one by one or by their folder, may lie anywhere", async () => {
    for (const z of [0, 1]) await put(`far/${z}.dcm`, dicomFile(slice(z)));
    const document: GraphDocument = {
      format: "patchbay-graph", version: 1, wires: [], nodes: [{ id: "scan", type: "Volume", version: 1, params: {}, position: { x: 0, y: 0 } }],
      interface: { inputs: [{ name: "scan", node: "scan", param: "file" }], outputs: [{ name: "volume", node: "scan", port: "volume" }] },
    };
    const graph = await loadGraph(document, { nodes, host: await createDefaultHost({}) });
    const shapes: unknown[] = [];
    for (const scan of [`${folder}/far`, `${folder}/far/1.dcm,${folder}/far/0.dcm`, `${folder}/far/1.dcm`]) shapes.push(((await run(graph, { backend: "reference", inputs: { scan } })).outputs["volume"] as TensorValue).shape);
    await graph.dispose();
    expect(shapes).toEqual([[1, 2, 2, 3, 1], [1, 2, 2, 3, 1], [1, 1, 2, 3, 1]]);
  });
  it("coronal slices are turned", async () => {
    // Rows run to the foot, columns to the left; slices lie one behind the other (the normal points to the front).
    for (const y of [0, 1]) await put(`cor/${y}`, dicomFile(slice(y, { position: [0, -y, 0], orientation: [1, 0, 0, 0, 0, -1] })));
    const normal = "row × column = (1,0,0) × (0,0,−1) = (0,1,0): to the back, so that the slice at y = −1 comes first";
    const { shape, values } = await read({ file: "cor" });
    expect(shape, normal).toEqual([1, 2, 2, 3, 1]);
    expect(values).toEqual([110, 111, 112, 10, 11, 12, 100, 101, 102, 0, 1, 2]);
  });
  it("leaves out what is no picture, and tells it; takes one of several series", async () => {
    await put("two/a", dicomFile(slice(0)));
    await put("two/b", dicomFile(slice(1)));
    await put("two/c", dicomFile(slice(0, { series: { uid: "9.9", number: 7, description: "Scout" } })));
    await put("two/readme.txt", new TextEncoder().encode("hello"));
    expect(await failure({ file: "two" })).toBe("several-series: “two” holds 2 series: 1 (2 files); 7 (Scout, 1 files). Write the number of one into “Series”.");
    const { shape, notices } = await read({ file: "two", series: "1" });
    expect(shape).toEqual([1, 2, 2, 3, 1]);
    expect(notices).toEqual(["files-left-out: “readme.txt” is left out: no DICOM pictures."]);
    expect(await failure({ file: "two", series: "5" })).toMatch(/^no-slices: “two” holds no DICOM pictures of the series “5”/);
  });
  it("says which slices do not fit, lie twice, or are missing", async () => {
    await put("odd/a", dicomFile(slice(0)));
    await put("odd/b", dicomFile({ ...slice(1), columns: 2, values: [1, 2, 3, 4] }));
    expect(await failure({ file: "odd" })).toBe("slices-differ: “a” has 2 × 3 voxels and “b” 2 × 2: slices of one volume have one size. Leave one of them out.");
    await put("twice/a", dicomFile(slice(0)));
    await put("twice/b", dicomFile(slice(0)));
    expect(await failure({ file: "twice" })).toMatch(/^slices-differ: “a” and “b” lie at the same place/);
    for (const z of [0, 1, 2, 4]) await put(`gap/${z}`, dicomFile(slice(z)));
    expect((await read({ file: "gap" })).notices).toEqual(["slices-uneven: 1 of 3 distances between slices differ from 2.5 mm (2.5 to 5 mm): slices may be missing. They are put next to each other as they are."]);
    for (const n of [3, 1, 2]) await put(`blind/${n}`, dicomFile({ rows: 1, columns: 1, values: [n], instance: 4 - n }));
    expect(await read({ file: "blind" })).toMatchObject({ values: [3, 2, 1], notices: [expect.stringMatching(/^positions-missing: .*in the order of their numbers/)] });
    await put("empty/notes.txt", new Uint8Array(3));
    expect(await failure({ file: "empty" })).toBe("no-slices: “empty” holds no DICOM pictures.");
    expect(await failure({ file: "nothing" })).toMatch(/There is no file "nothing"/);
  });
});

describe("a DICOM file", () => {
  const one = async (more: Partial<DicomOptions>) => {
    await put("one.dcm", dicomFile({ rows: 1, columns: 3, values: [1, 2, 3], ...more }));
    return read({ file: "one.dcm" });
  };
  it("signed, fewer bits than bytes, and inverted", async () => {
    expect((await one({ signed: true, values: [-1000, 0, 1000] })).values).toEqual([-1000, 0, 1000]);
    // 12 bits: −1 is 0xfff, and what lies above them is none of the pixel's.
    expect((await one({ signed: true, bits: [16, 12], values: [0x0fff, 0x7001, 0x0800] })).values).toEqual([-1, 1, -2048]);
    expect((await one({ bits: [16, 12], values: [0xffff, 0x1001, 0] })).values).toEqual([4095, 1, 0]);
    expect((await one({ photometric: "MONOCHROME1", bits: [8, 8], values: [0, 100, 255, 0] })).values).toEqual([255, 155, 0]);
    expect((await one({ signed: true, bits: [32, 32], values: [-70_000, 0, 70_000] })).values).toEqual([-70_000, 0, 70_000]);
  });
  it("with frames, and in colours", async () => {
    expect(await one({ frames: 2, values: [1, 2, 3, 4, 5, 6] })).toMatchObject({ told: [1, 2, 1, 3, 1], values: [1, 2, 3, 4, 5, 6] });
    const rgb = { photometric: "RGB", bits: [8, 8] as const, columns: 2 };
    expect(await one({ ...rgb, values: [1, 2, 3, 4, 5, 6] })).toMatchObject({ told: [1, 1, 1, 2, 3], values: [1, 2, 3, 4, 5, 6] });
    expect(await one({ ...rgb, planar: true, values: [1, 4, 2, 5, 3, 6] })).toMatchObject({ values: [1, 2, 3, 4, 5, 6] });
  });
  it("says what is wrong, and names the compression", async () => {
    const about = async (more: Partial<DicomOptions>, bytes = (b: Uint8Array) => b) => {
      await put("bad.dcm", bytes(dicomFile({ rows: 1, columns: 3, values: [1, 2, 3], ...more })));
      return failure({ file: "bad.dcm" });
    };
    expect(await about({ syntax: "1.2.840.10008.1.2.4.90" })).toMatch(/“bad\.dcm” is written in the transfer syntax JPEG 2000 Lossless \(1\.2\.840\.10008\.1\.2\.4\.90\); only uncompressed ones are read\. Convert it/);
    expect(await about({ syntax: "1.2.3.4" })).toMatch(/the transfer syntax “1\.2\.3\.4”; only uncompressed/);
    expect(await about({ syntax: "1.2.840.10008.1.2.1.99" })).toMatch(/Deflated Explicit VR Little Endian/);
    expect(await about({ photometric: "PALETTE COLOR" })).toMatch(/pixels of the kind “PALETTE COLOR” with 1 sample each; greys/);
    expect(await about({ rows: 60_000, columns: 60_000 })).toMatch(/holds 1 × 60000 × 60000 × 1 numbers; at most/);
    expect(await about({ rows: 9000, columns: 9000 })).toMatch(/is cut off: its voxels take 162,000,000 bytes, and 6 are there/);
    expect(await about({ withoutPixels: true })).toMatch(/is a DICOM file without a picture/);
    expect(await about({}, (b) => b.slice(0, 170))).toMatch(/bad\.dcm” is (a damaged DICOM file|written in)/);
  });
});

describe("values", () => {
  it("all, of a window, and what is no number", async () => {
    await put("v.npy", npyFile("<f4", [1, 1, 5], Float32Array.of(-1000, -60, 40, 140, 3000)));
    expect((await read({ file: "v.npy", values: "range" })).values).toEqual([0, Math.fround(0.235), Math.fround(0.26), Math.fround(0.285), 1]);
    expect((await read({ file: "v.npy", values: "window", centre: 40, window: 400 })).values).toEqual([0, 0.25, 0.5, 0.75, 1]);
    await put("n.npy", npyFile("<f4", [1, 1, 4], Float32Array.of(NaN, 2, 6, Infinity)));
    expect(await read({ file: "n.npy", values: "range" })).toMatchObject({ values: [0, 0, 1, 0], notices: ["not-finite: 2 of 4 voxels are no numbers (NaN or infinite): they count as the lowest value, 2."] });
    await put("same.npy", npyFile("|u1", [1, 1, 2], Uint8Array.of(3, 3)));
    expect(await read({ file: "same.npy", values: "range" })).toMatchObject({ values: [0, 0], notices: ["values-equal: Every voxel has the value 3: all become 0."] });
    await put("none.npy", npyFile("<f4", [1, 1, 1], Float32Array.of(NaN)));
    expect(await failure({ file: "none.npy" })).toMatch(/^no-numbers:/);
  });
});

describe("hostile files", () => {
  it("end in a volume or in a sentence, whatever is changed in them", async () => {
    const files = [
      niftiFile({ dims: [3, 2, 2], values: PLACES, affine: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] }), niftiFile({ version: 2, dims: [3, 2, 2], values: PLACES }), await gzipped(niftiFile({ dims: [3, 2, 2], values: PLACES })),
      npyFile("<f4", [2, 2, 3], Float32Array.from(PLACES)), dicomFile(slice(1)), dicomFile({ rows: 1, columns: 2, frames: 2, values: [1, 2, 3, 4] }),
    ];
    const flips = array(tuple(nat(), integer({ min: 0, max: 255 })), { minLength: 0, maxLength: 6 });
    await assert(asyncProperty(constantFrom(...files), flips, nat(), async (file, changes, cut) => {
      const bytes = file.slice(0, cut % 3 === 0 ? cut % file.length : file.length);
      for (const [at, value] of changes) bytes[at % Math.max(1, bytes.length)] = value;
      for (const look of [describeVolume, readVolume])
        try {
          await look(bytes, "x");
        } catch (error) {
          if (!(error instanceof NodeFailure)) throw error;
        }
    }), { numRuns: 600 });
    await assert(asyncProperty(uint8Array({ maxLength: 800 }), async (bytes) => {
      await expect(readVolume(bytes, "x")).rejects.toBeInstanceOf(NodeFailure);
    }), { numRuns: 100 });
  });
});
