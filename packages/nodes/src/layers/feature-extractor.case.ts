/** Worked examples of FeatureExtractor: every network against PyTorch, by mean, root mean square and five values a layer. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

type Summary = { readonly [layer: string]: { readonly shape: readonly number[]; readonly numbers: readonly number[] } };

const TRUNK: Summary = {
  c0: { shape: [1, 19, 24, 32], numbers: [1.3808515, 2.2448546, 0, 0, 1.7455152, 0, 0] },
  c1: { shape: [1, 19, 24, 64], numbers: [1.972078, 2.8042845, 0, 0, 0, 0, 2.2779338] },
  c2: { shape: [1, 10, 12, 128], numbers: [1.9688916, 2.6281922, 2.7568378, 5.2631738, 4.8299035, 0, 6] },
  c3: { shape: [1, 10, 12, 128], numbers: [0.95501358, 1.8132039, 0, 2.0975082, 0, 0, 6] },
  c4: { shape: [1, 5, 6, 256], numbers: [1.5556037, 2.020291, 0.64436671, 0.11604754, 1.6919166, 1.8168725, 2.2462229] },
  c5: { shape: [1, 5, 6, 256], numbers: [0.63678085, 1.1580813, 1.187586, 0, 1.126937, 0, 0] },
  c6: { shape: [1, 3, 3, 512], numbers: [1.1082449, 1.5160398, 0.77604914, 0.27991144, 1.8708385, 2.0123891, 2.0562312] },
  c7: { shape: [1, 3, 3, 512], numbers: [0.71254988, 1.1039741, 0.26658715, 0, 2.1465535, 0, 1.7234631] },
  c8: { shape: [1, 3, 3, 512], numbers: [0.60007043, 0.98383595, 0, 0, 0.7203554, 0, 0.36160717] },
  c9: { shape: [1, 3, 3, 512], numbers: [0.76791217, 1.1101508, 1.7943383, 2.13697, 0.88866023, 0.011263201, 0] },
  c10: { shape: [1, 3, 3, 512], numbers: [0.51394801, 0.88789034, 3.0525019, 0, 1.0094341, 0, 0.56322576] },
  c11: { shape: [1, 3, 3, 512], numbers: [0.30502163, 0.74757216, 0.6561281, 0, 0, 0.33232379, 0] },
};

const VGG: Summary = {
  conv1_1: { shape: [1, 34, 37, 64], numbers: [0.6822447, 1.2309679, 0.0010142759, 0, 0, 0, 0] },
  pool1: { shape: [1, 17, 18, 64], numbers: [1.5566889, 1.9477664, 0, 0.92901838, 0.042361084, 0.76454465, 0] },
  conv2_2: { shape: [1, 17, 18, 128], numbers: [1.2937792, 2.0729946, 0.29518369, 0, 2.532363, 0.29450499, 0.29766744] },
  pool2: { shape: [1, 8, 9, 128], numbers: [2.1735781, 2.8958124, 1.824488, 0, 4.4496908, 2.681697, 2.1567354] },
};

const INCEPTION: Summary = {
  activation_1: { shape: [1, 19, 24, 32], numbers: [1.660011, 3.2527929, 0, 1.3800907, 0.66483696, 0, 1.8695097] },
  activation_2: { shape: [1, 19, 24, 32], numbers: [1.3925253, 2.951342, 0, 0, 0, 0, 0] },
  activation_3: { shape: [1, 19, 24, 64], numbers: [0.96154296, 2.1698362, 0.91721916, 1.3740249, 0, 0, 0] },
  activation_4: { shape: [1, 10, 12, 80], numbers: [0.51487273, 1.0275128, 0, 0, 0.75801954, 0, 0] },
  activation_5: { shape: [1, 10, 12, 192], numbers: [0.69369018, 1.218251, 1.2128785, 0.44837386, 0, 0, 0] },
  mixed0: { shape: [1, 5, 6, 256], numbers: [0.61394889, 1.161673, 1.0508693, 0, 0, 0, 0] },
  mixed1: { shape: [1, 5, 6, 288], numbers: [0.45115666, 0.92747829, 0, 0.38359321, 1.3771162, 0, 0] },
  mixed2: { shape: [1, 5, 6, 288], numbers: [0.24543306, 0.57614419, 0, 0.17807593, 0, 0.31876766, 0.41798712] },
};

/** Every number within 1e-5 of the layer's root mean square. */
function agreesWith(summary: Summary) {
  return (value: RuntimeValue) => {
    if (value.kind !== "activations") throw new Error(`a ${value.kind} came out`);
    if (value.layers.map((l) => l.name).join() !== Object.keys(summary).join()) throw new Error(`layers ${value.layers.map((l) => l.name)}`);
    for (const { name, tensor } of value.layers) {
      const { shape, numbers } = summary[name]!;
      if (tensor.shape.join() !== shape.join()) throw new Error(`${name} has the shape ${tensor.shape}, not ${shape}`);
      const n = tensor.data.length;
      let [sum, squares] = [0, 0];
      for (const v of tensor.data) {
        sum += v;
        squares += v * v;
      }
      const found = [sum / n, Math.sqrt(squares / n), ...[0, 1, 2, 3, 4].map((k) => tensor.data[(k * 7919 + 13) % n]!)];
      found.forEach((v, i) => {
        if (!(Math.abs(v - numbers[i]!) <= 1e-5 * numbers[1]!)) throw new Error(`${name}: number ${i} is ${v}, not ${numbers[i]}`);
      });
    }
  };
}

const from = "PyTorch 1.13 in float64 with batch norm as its own step, tests/peers/node_cases.py";

export const cases: NodeCase[] = [
  { name: "the style trunk, every layer, odd and even sizes", params: { layers: Object.keys(TRUNK) }, inputs: { image: busy([1, 37, 48, 3], 0, 1) }, expected: { activations: agreesWith(TRUNK) }, from },
  {
    name: "InceptionV3's first blocks, every layer, odd and even sizes", params: { network: "inception-v3-nsfw", layers: Object.keys(INCEPTION) }, inputs: { image: busy([1, 37, 48, 3], 0, 1) },
    expected: { activations: agreesWith(INCEPTION) }, from: "PyTorch 1.13 in float64 with batch norm as its own step, tests/peers/inception_cases.py; the weights against TensorFlow.js, tests/peers/inception-tfjs.mjs",
  },
  { name: "VGG-19's first blocks with seeded weights", params: { network: "vgg19-random", layers: Object.keys(VGG) }, inputs: { image: busy([1, 34, 37, 3], 0, 1) }, expected: { activations: agreesWith(VGG) }, from },
  { name: "its slope with respect to a picture that puts no unit on a kink of ReLU6", params: { layers: ["c1"] }, inputs: { image: busy([1, 32, 32, 3], 0, 1, 4) }, expected: { activations: () => {} }, from: "central differences", differentiable: ["image"] },
  { name: "InceptionV3's slope through a pool, with respect to such a picture", params: { network: "inception-v3-nsfw", layers: ["activation_4"] }, inputs: { image: busy([1, 32, 32, 3], 0, 1, 4) }, expected: { activations: () => {} }, from: "central differences", differentiable: ["image"] },
];
