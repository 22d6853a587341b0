/** Worked examples of Frames: a painted film that stands still or moves, and a GIF spelled out by hand. */
import type { ImagesValue, ImageValue, NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

/** 2×1 px; frame 1 is red and green, frame 2 lays one blue pixel over the left one. Written with Pillow 9.4. */
const GIF = "data:image/gif;base64,R0lGODlhAgABAIEAAAD/AP8AAAAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAgABAAAIBQADAAgIACH5BAAKAAAALAAAAAABAAEAgQD/AAAA/wAAAAAAAAgEAAMEBAA7";

const told = (value: RuntimeValue) => (value as ImagesValue).items.map(({ name, image }) => [name, image.width, image.height, ...image.data]);

function same(got: unknown, wanted: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
}

/** Mean difference between the first and the last frame. */
function moved(value: RuntimeValue): number {
  const { items } = value as ImagesValue;
  const [a, b] = [items[0]!.image.data, items.at(-1)!.image.data];
  return a.reduce((sum, v, i) => sum + Math.abs(v - b[i]!), 0) / a.length;
}

export const cases: NodeCase[] = [
  {
    name: "a film that stands still", params: { count: 3, width: 24, height: 16, motion: 0 }, from: "by hand",
    expected: { images: (value) => same([(value as ImagesValue).items.length, moved(value)], [3, 0]), image: (value) => same([(value as ImageValue).width, (value as ImageValue).height], [24, 16]) },
  },
  {
    name: "a film that moves", params: { count: 3, width: 48, height: 32 }, from: "by hand",
    expected: { images: (value) => same(moved(value) > 3 && moved(value) < 60, true) },
  },
  {
    name: "the frames of a GIF, each over the one before", params: { file: GIF }, from: "Pillow 9.4",
    expected: { images: (value) => same(told(value), [["Frame 1", 2, 1, 255, 0, 0, 0, 255, 0], ["Frame 2", 2, 1, 0, 0, 255, 0, 255, 0]]) },
  },
  {
    name: "every second frame", params: { file: GIF, every: 2 }, from: "by hand",
    expected: { images: (value) => same((value as ImagesValue).items.length, 1) },
  },
];
