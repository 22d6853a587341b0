/** What a file that is fetched is, as a person would say it. */

const NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/ort-wasm|onnxruntime/i, "ONNX Runtime"],
  [/face_recognition_model/, "Face recognition network"],
  [/face_landmark/, "Face landmark network"],
  [/ssd_mobilenetv1/, "Face detector and style network"],
  [/inception-v3/, "InceptionV3 style network"],
  [/tiny_face_detector/, "Small face detector"],
  [/\.(?:jpe?g|png|webp)$/i, "Pictures"],
];

/** `path`: a URL or a file inside a package. */
export function assetName(path: string): string {
  const plain = path.replace(/[?#].*$/, "");
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? decodeURIComponent(plain.split("/").at(-1) ?? plain);
}
