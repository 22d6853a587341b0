/** The worked example of Face detector: a picture with nothing on it (real faces have tests of their own). */
import { float32, tensorValue, type FacesValue, type NodeCase, type RuntimeValue } from "@patchbay/runtime/node-api";

const grey = tensorValue(float32([1, 100, 100, 3], new Float32Array(30_000).fill(0.5)));

export const cases: NodeCase[] = ["ssd-mobilenet", "tiny"].map((network) => ({
  name: `no face on grey, ${network}`, params: { network }, inputs: { image: grey }, from: "by hand",
  expected: {
    faces: (value: RuntimeValue) => {
      const { image, faces } = value as FacesValue;
      if (faces.length !== 0 || image.width !== 100 || image.data[0] !== 128) throw new Error(`${faces.length} faces on a picture of ${image.width}, value ${image.data[0]}`);
    },
  },
}));
