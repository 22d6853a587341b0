/** The worked example of Images: parts of a picture that comes with an installed package. */
import type { ImagesValue, NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";

const PHOTO = "npm:@vladmandic/face-api/demo/sample1.jpg";
/** Two pixels, red and blue. */
const EMBEDDED = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR42mP4zwAE/wEHAAH/PX2MSQAAAABJRU5ErkJggg==";

export const cases: NodeCase[] = [
  {
    name: "a named part and a shrunk whole", params: { file: `Nora=${PHOTO}#xywh=1400,150,350,350, ${PHOTO}`, maxSide: 480 }, from: "by hand: 1920×1280 by 1/4",
    expected: {
      images: (value: RuntimeValue) => {
        const { items } = value as ImagesValue;
        const told = JSON.stringify(items.map(({ name, label, image }) => [name, label ?? null, image.width, image.height]));
        const wanted = JSON.stringify([["sample1.jpg#xywh=1400,150,350,350", "Nora", 350, 350], ["sample1.jpg", null, 480, 320]]);
        if (told !== wanted) throw new Error(`${told} instead of ${wanted}`);
      },
    },
  },
  {
    name: "pictures embedded in the graph, with a name and a part", params: { file: `${EMBEDDED}, Nora=${EMBEDDED}#xywh=1,0,1,1` }, from: "by hand",
    expected: {
      images: (value: RuntimeValue) => {
        const told = JSON.stringify((value as ImagesValue).items.map(({ name, label, image }) => [name, label ?? null, [...image.data]]));
        const wanted = JSON.stringify([["embedded picture", null, [255, 0, 0, 0, 0, 255]], ["embedded picture", "Nora", [0, 0, 255]]]);
        if (told !== wanted) throw new Error(`${told} instead of ${wanted}`);
      },
    },
  },
];
