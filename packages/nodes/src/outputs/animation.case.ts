/** The worked example of Animation: what the file's own bytes say, and its pixels read back by another library. */
import { GifReader } from "omggif";
import type { FileValue, NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

const plain = (width: number, height: number, colour: readonly number[]) => ({ kind: "image" as const, width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!) });

export const cases: NodeCase[] = [
  {
    name: "two frames of one colour, the smaller one enlarged, the last one held",
    params: { rate: 10, hold: 0.5, maxSide: 480 },
    inputs: { images: { kind: "images", items: [{ name: "a", image: plain(2, 1, [248, 0, 0]) }, { name: "b", image: plain(4, 2, [0, 0, 248]) }] } },
    expected: {
      file: (value: RuntimeValue) => {
        const { name, mime, bytes } = value as FileValue;
        const gif = new GifReader(bytes as never);
        const seen = [0, 1].map((i) => {
          const pixels = new Uint8Array(4 * 2 * 4);
          gif.decodeAndBlitFrameRGBA(i, pixels as never);
          return [gif.frameInfo(i).delay, ...pixels.slice(0, 3), ...pixels.slice(-4, -1)];
        });
        // Times are in hundredths of a second.
        const told = JSON.stringify([name, mime, gif.width, gif.height, gif.numFrames(), gif.loopCount(), seen]);
        const wanted = JSON.stringify(["animation.gif", "image/gif", 4, 2, 2, 0, [[10, 248, 0, 0, 248, 0, 0], [60, 0, 0, 248, 0, 0, 248]]]);
        if (told !== wanted) throw new Error(`${told} instead of ${wanted}`);
      },
    },
    from: "by hand: GIF89a",
  },
];
