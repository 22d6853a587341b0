/** What graphs and nodes name as `npm:package/path` — networks' weights and sample pictures — as files of the site. */
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { fixedFiles, type FixedFile } from "./fixed-files.ts";

/** The networks that the node library reads; the package holds more, which no node asks for. */
const NETWORKS = ["face_recognition_model", "ssd_mobilenetv1_model", "tiny_face_detector_model", "face_landmark_68_model", "face_landmark_68_tiny_model"];
const PACKAGE = "@vladmandic/face-api";

/** Cut out of larger networks by the library's own build, which `npm run build` runs before. */
const BUILT = ["inception-v3-mixed2-weights_manifest.json", "inception-v3-mixed2.bin", "inception-v3-mixed2.LICENSE"];
const LIBRARY = "@patchbay/nodes";
/** What the library carries for the examples: an encoder that one of them has trained. */
const CARRIED = ["invented-people.onnx"];

export const packageFiles = (): Plugin => fixedFiles("package-files", servedPackageFiles);

export const servedPackageFiles = async (): Promise<FixedFile[]> => [...(await faceApiFiles()), ...builtFiles()];

function builtFiles(): FixedFile[] {
  const root = fileURLToPath(new URL("../../../packages/nodes/", import.meta.url));
  const files = [...BUILT.map((name) => `dist/weights/${name}`), ...CARRIED.map((name) => `weights/${name}`)];
  return files.map((path) => ({ path: `npm/${LIBRARY}/${path}`, read: () => readFile(join(root, path)) }));
}

async function faceApiFiles(): Promise<FixedFile[]> {
  const root = dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  const samples = (await readdir(join(root, "demo"))).filter((name) => /^sample\d+\.jpg$/.test(name)).map((name) => `demo/${name}`);
  const weights = NETWORKS.flatMap((network) => [`model/${network}-weights_manifest.json`, `model/${network}.bin`]);
  return [...weights, ...samples].map((path) => ({ path: `npm/${PACKAGE}/${path}`, read: () => readFile(join(root, path)) }));
}
