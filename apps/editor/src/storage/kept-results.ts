/** The results that a graph was left with, small: reopened, it shows them again, as values that a change may have overtaken. */
import type { Face, ImageValue, PictureFaces, RuntimeValue } from "@patchbay/runtime";
import type { ShownValue, ValueSummary } from "../model/run-state.ts";
import type { EncodedPicture, PictureCodec } from "./picture-codec.ts";

export interface KeptResults {
  readonly values: readonly KeptValue[];
}

/** By flat `node.port`. */
export interface KeptValue {
  readonly key: string;
  readonly summary: Omit<ValueSummary, "thumbnail"> & { readonly thumbnail?: EncodedPicture };
  /** A value in which every picture is encoded. */
  readonly value?: unknown;
}

/** Longest sides, in pixels. */
const PICTURE = 512;
const ONE_OF_MANY = 160;
const MOST_OF_MANY = 48;
/** Bytes of one value, and of all. */
const LARGEST = 2 * 2 ** 20;
const ALL = 12 * 2 ** 20;

/** What fits is kept, in the order given. Called again with the same values it encodes no picture twice. */
export async function keepResults(values: ReadonlyMap<string, ShownValue>, codec: PictureCodec): Promise<KeptResults> {
  const kept: KeptValue[] = [];
  let room = ALL;
  for (const [key, shown] of values) {
    let one = before.get(shown);
    if (!one) before.set(shown, (one = await keepOne(key, shown, codec)));
    const size = weight(one);
    if (size > room) continue;
    room -= size;
    kept.push(one);
  }
  return { values: kept };
}

const before = new WeakMap<ShownValue, KeptValue>();

async function keepOne(key: string, { value, summary: { thumbnail, ...summary } }: ShownValue, codec: PictureCodec): Promise<KeptValue> {
  const [picture, small] = await Promise.all([thumbnail ? codec.encode(thumbnail, 256) : null, value ? smaller(value, codec) : undefined]);
  return { key, summary: { ...summary, ...(picture ? { thumbnail: picture } : {}) }, ...(small === undefined || weight(small) > LARGEST ? {} : { value: small }) };
}

/** `undefined`: too large to keep. */
async function smaller(value: RuntimeValue, codec: PictureCodec): Promise<unknown> {
  switch (value.kind) {
    case "image":
      return (await codec.encode(value, PICTURE)) ?? undefined;
    case "images": {
      const items = await Promise.all(value.items.slice(0, MOST_OF_MANY).map(async (item) => ({ ...item, image: await codec.encode(item.image, ONE_OF_MANY) })));
      return items.every((item) => item.image) ? { ...value, items } : undefined;
    }
    case "faces": {
      const all = await Promise.all([value, ...(value.more ?? []).slice(0, MOST_OF_MANY)].map((one) => smallerFaces(one, value.more?.length ? ONE_OF_MANY * 2 : PICTURE, codec)));
      const [first, ...more] = all;
      return all.every((one) => one) ? { ...first, kind: "faces", ...(value.more ? { more } : {}) } : undefined;
    }
    case "activations":
      return undefined;
    case "tensor":
      return value.data.byteLength <= 65_536 ? value : undefined;
    default:
      return value;
  }
}

async function smallerFaces({ image, faces }: PictureFaces, longest: number, codec: PictureCodec): Promise<{ image: EncodedPicture; faces: Face[] } | null> {
  const small = await codec.encode(image, longest);
  if (!small) return null;
  const s = small.width / image.width;
  return {
    image: small,
    faces: faces.map(({ box, landmarks, score }) => ({ score, box: { x: box.x * s, y: box.y * s, width: box.width * s, height: box.height * s }, landmarks: landmarks.map(([x, y]) => [x * s, y * s] as const) })),
  };
}

/** As they are shown again: never as fresh. What is damaged is left out. */
export async function shownAgain(kept: KeptResults, codec: PictureCodec): Promise<ReadonlyMap<string, ShownValue>> {
  const shown = new Map<string, ShownValue>();
  for (const one of Array.isArray(kept?.values) ? kept.values : []) {
    const again = await decoded(one, codec).catch(() => null);
    if (!again) continue;
    shown.set(one.key, again);
    before.set(again, one);
  }
  return shown;
}

async function decoded({ summary: { thumbnail, ...summary }, value }: KeptValue, codec: PictureCodec): Promise<ShownValue> {
  const picture = thumbnail ? await codec.decode(thumbnail) : null;
  const whole = value === undefined ? undefined : ((await withPictures(value, codec)) as RuntimeValue);
  return { ...(whole ? { value: whole } : {}), summary: { ...summary, ...(picture ? { thumbnail: picture } : {}) }, fresh: false };
}

/** Throws where a picture cannot be read. */
async function withPictures(part: unknown, codec: PictureCodec): Promise<unknown> {
  if (typeof part !== "object" || part === null || ArrayBuffer.isView(part)) return part;
  if ((part as EncodedPicture).kind === "encoded-image") {
    const image: ImageValue | null = await codec.decode(part as EncodedPicture);
    if (!image) throw new Error("a picture cannot be read");
    return image;
  }
  if (Array.isArray(part)) return typeof part[0] === "object" ? Promise.all(part.map((item) => withPictures(item, codec))) : part;
  return Object.fromEntries(await Promise.all(Object.entries(part).map(async ([name, item]) => [name, await withPictures(item, codec)] as const)));
}

/** Bytes, roughly. */
function weight(part: unknown): number {
  if (typeof part === "string") return part.length * 2;
  if (typeof part !== "object" || part === null) return 8;
  if (ArrayBuffer.isView(part)) return part.byteLength;
  if (Array.isArray(part) && typeof part[0] === "number") return part.length * 8;
  return Object.values(part).reduce((sum: number, item) => sum + weight(item) + 16, 0);
}
