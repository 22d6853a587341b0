/** What graphs and nodes name as `npm:package/path` — networks' weights and sample pictures — as files of the site. */
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { fixedFiles, type FixedFile } from "./fixed-files.ts";

/** The networks that the node library reads; the package holds more, which no node asks for. */
const NETWORKS = ["face_recognition_model", "ssd_mobilenetv1_model", "tiny_face_detector_model", "face_landmark_68_model", "face_landmark_68_tiny_model"];
const PACKAGE = "@vladmandic/face-api";

export const packageFiles = (): Plugin => fixedFiles("package-files", faceApiFiles);

async function faceApiFiles(): Promise<FixedFile[]> {
  const root = dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  const samples = (await readdir(join(root, "demo"))).filter((name) => /^sample\d+\.jpg$/.test(name)).map((name) => `demo/${name}`);
  const weights = NETWORKS.flatMap((network) => [`model/${network}-weights_manifest.json`, `model/${network}.bin`]);
  return [...weights, ...samples].map((path) => ({ path: `npm/${PACKAGE}/${path}`, read: () => readFile(join(root, path)) }));
}
