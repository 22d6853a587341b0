/** The pictures of the face pages: what was found on the photos, what the encoder saw, and how far apart it finds them. */
import { distanceBetween } from "@patchbay/nodes";
import { loadGraph, run, type DecisionValue, type FacesValue, type GalleryValue, type IdentityValue, type ImagesValue, type TensorValue } from "@patchbay/runtime";
import { card, INK, num, rect, text } from "../diagram/svg.ts";
import { embed, frame, pictureOf, toWebp } from "./panel.ts";
import type { Files } from "./style.ts";

/** The photo with every face's box, and the landmarks of the largest, which is the one that counts. */
async function foundFaces({ image, faces }: FacesValue, x: number, y: number, width: number): Promise<string[]> {
  const scale = width / image.width;
  const parts = [await embed(image, x, y, width, image.height * scale)];
  faces.forEach(({ box, landmarks }, i) => {
    const colour = i ? "#ffffff" : INK.accent;
    parts.push(rect(x + box.x * scale, y + box.y * scale, box.width * scale, box.height * scale, 3, "none", colour, i ? 'stroke-width="1.2" stroke-opacity="0.7"' : 'stroke-width="2.5"'));
    if (!i) for (const [lx, ly] of landmarks) parts.push(`<circle cx="${num(x + lx * scale)}" cy="${num(y + ly * scale)}" r="1.1" fill="#5ef0c0"/>`);
  });
  return parts;
}

export async function verificationPicture(): Promise<Files> {
  const graph = await loadGraph("examples/face-verification.json");
  const { outputs } = await run(graph, { outputs: ["decision", "photo-faces.faces", "reference-faces.faces", "photo-chip.chips", "reference-chip.chips"] });
  await graph.dispose();
  const [photo, reference] = [outputs["photo-faces.faces"] as FacesValue, outputs["reference-faces.faces"] as FacesValue];
  const { same, distance, threshold, margin } = outputs["decision"] as DecisionValue;
  const [width, each, chip, gap] = [1200, 564, 150, 24];
  const tall = Math.max(...[photo, reference].map((f) => (each * f.image.height) / f.image.width));
  const y = gap + tall + 40;
  const [left, right] = [gap + chip + 60, width - gap - chip - 60];
  const [most, bar] = [1.2, y + 74];
  const at = (d: number): number => left + (Math.min(d, most) / most) * (right - left);
  const body = [
    ...(await foundFaces(photo, gap, gap, each)),
    ...(await foundFaces(reference, width - gap - each, gap, each)),
    text(gap, gap + tall + 24, "photo: faces found, 68 landmarks on the largest", { size: 14, fill: INK.soft }),
    text(width - gap, gap + tall + 24, "reference", { size: 14, fill: INK.soft, anchor: "end" }),
    await embed(pictureOf(outputs["photo-chip.chips"]), gap, y, chip, chip), frame(gap, y, chip, chip),
    await embed(pictureOf(outputs["reference-chip.chips"]), width - gap - chip, y, chip, chip), frame(width - gap - chip, y, chip, chip),
    text(width / 2, y + 26, same ? "same person" : "different people", { size: 24, weight: 700, fill: same ? INK.good : INK.bad, anchor: "middle" }),
    rect(left, bar, at(threshold) - left, 14, 7, "#1f5a41"),
    rect(at(threshold), bar, right - at(threshold), 14, 7, "#5e2b2d"),
    `<path d="M${num(at(threshold))} ${num(bar - 8)}v30" stroke="${INK.text}" stroke-width="2"/>`,
    text(at(threshold), bar + 40, `threshold ${threshold.toFixed(2)}`, { size: 14, fill: INK.text, anchor: "middle" }),
    `<circle cx="${num(at(distance))}" cy="${num(bar + 7)}" r="10" fill="${same ? INK.good : INK.bad}" stroke="${INK.card}" stroke-width="3"/>`,
    text(at(distance), bar - 12, `distance ${distance.toFixed(2)}`, { size: 14, weight: 600, anchor: "middle" }),
    text(left, bar + 40, "0", { size: 14, fill: INK.faint }),
    text(right, bar + 40, most.toFixed(1), { size: 14, fill: INK.faint, anchor: "end" }),
    text((at(distance) + at(threshold)) / 2, bar + 66, `margin ${margin.toFixed(2)}`, { size: 14, fill: INK.soft, anchor: "middle" }),
    text(gap, y + chip + 22, "aligned, 150×150", { size: 14, fill: INK.soft }),
    text(width - gap, y + chip + 22, "aligned, 150×150", { size: 14, fill: INK.soft, anchor: "end" }),
  ];
  return { "face-verification.webp": await toWebp(card(width, y + chip + 40, "Two photos, the faces found on them, and the distance of their encodings", body)) };
}

export async function recognitionPicture(): Promise<Files> {
  const graph = await loadGraph("examples/face-recognition.json");
  const { outputs } = await run(graph, { outputs: ["identity", "photo-chip.chips", "people-chip.chips", "people.images", "enrol.gallery", "photo-encoding.encoding"] });
  await graph.dispose();
  const { name, threshold, candidates } = outputs["identity"] as IdentityValue;
  const labels = (outputs["people.images"] as ImagesValue).items.map((item) => item.label ?? item.name);
  const known = (outputs["enrol.gallery"] as GalleryValue).entries;
  const query = (outputs["photo-encoding.encoding"] as TensorValue).data as Float32Array;
  const chips = outputs["people-chip.chips"];
  /** A person counts with the nearest of their photos: that one is shown first. */
  const photosOf = (who: string): number[] => labels.flatMap((label, i) => (label === who ? [{ i, d: distanceBetween("euclidean", query, known[i]!.encoding) }] : [])).sort((a, b) => a.d - b.d).map((p) => p.i);

  const [width, gap, face, row] = [1060, 24, 220, 76];
  const [left, right, most] = [gap + face + 300, width - 90, 1];
  const at = (d: number): number => left + (Math.min(d, most) / most) * (right - left);
  const top = gap + 30;
  const height = top + candidates.length * row + 34;
  const body = [
    text(gap, gap + 14, "query", { size: 15, fill: INK.soft }),
    await embed(pictureOf(outputs["photo-chip.chips"]), gap, top, face, face), frame(gap, top, face, face),
    text(gap, top + face + 34, name ?? "not recognised", { size: 26, weight: 700, fill: name === null ? INK.bad : INK.good }),
    text(gap, top + face + 58, `of ${new Set(labels).size} people, ${labels.length} photos`, { size: 14, fill: INK.soft }),
    text(left - 232, gap + 14, "nearest people", { size: 15, fill: INK.soft }),
    text(at(threshold), gap + 14, `threshold ${threshold.toFixed(2)}`, { size: 14, anchor: "middle" }),
  ];
  for (const [i, candidate] of candidates.entries()) {
    const y = top + i * row;
    const near = candidate.distance <= threshold;
    for (const [k, photo] of photosOf(candidate.name).slice(0, 2).entries()) body.push(await embed(pictureOf(chips, photo), left - 232 + k * 70, y, 64, 64));
    body.push(text(left - 14, y + 38, candidate.name, { size: 16, weight: 600, anchor: "end" }));
    body.push(rect(left, y + 22, at(candidate.distance) - left, 20, 4, near ? INK.good : "#4a5568"));
    body.push(text(at(candidate.distance) - 10, y + 37, candidate.distance.toFixed(2), { size: 14, fill: near ? INK.card : INK.text, weight: 700, anchor: "end" }));
  }
  body.push(`<path d="M${num(at(threshold))} ${num(top - 6)}V${num(height - 30)}" stroke="${INK.text}" stroke-width="1.5" stroke-dasharray="4 4"/>`);
  body.push(text(left, height - 10, "0", { size: 12, fill: INK.faint }), text(right, height - 10, `distance ${most}`, { size: 12, fill: INK.faint, anchor: "end" }));
  return { "face-recognition.webp": await toWebp(card(width, height, "A face, and the nearest people of the gallery", body)) };
}
