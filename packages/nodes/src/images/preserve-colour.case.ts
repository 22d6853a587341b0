/** Worked examples of PreserveColour. */
import { float32, tensorValue, type NodeCase } from "@patchbay/runtime/node-api";
import { busy } from "../testing/busy.ts";

const from = "NumPy, tests/peers/style_cases.py";
/** A style picture whose colours are spread unevenly, and a photo whose green follows its red. */
const style = tensorValue(float32([1, 4, 5, 3], Float32Array.from(busy([1, 4, 5, 3], 0.1, 0.7, 2).data, (v) => v * v)));
const numbers = busy([1, 3, 4, 3], 0.3, 0.9, 5).data as Float32Array;
const photo = tensorValue(float32([1, 3, 4, 3], numbers.map((v, i) => (i % 3 === 1 ? 0.5 * v + 0.4 * numbers[i - 1]! : v))));

const SYMMETRIC = [
  0.40083066, 0.46680039, 0.60721204, 0.83411064, 0.5056239, 0.66157171, 1, 0.60251035, 0.49872591, 0.72088228, 0.53194768, 0.48164685, 0.96912772,
  0.64266196, 0.71189266, 0.68367518, 0.56589383, 0.7164302, 0.86725489, 0.72422455, 0.49493787, 0.61046504, 0.64219829, 0.49224955, 0.77101476,
  0.49744348, 0.81952133, 0.55547938, 0.45374511, 0.83719377, 0.68382247, 0.54379452, 0.56287475, 0.49023782, 0.49333063, 0.57125708, 0.69756757,
  0.59348711, 0.95255595, 0.458416, 0.55565683, 0.43867928, 0.6408953, 0.69962255, 0.63812971, 0.48746882, 0.63425238, 0.66561716, 0.53007876,
  0.49211798, 0.49039362, 0.39981335, 0.45942306, 0.49956738, 0.55942093, 0.53639726, 0.8131348, 0.4456142, 0.49406811, 0.85840848,
];
const CHOLESKY = [
  0.41932946, 0.45910592, 0.60416888, 0.85530454, 0.51769745, 0.70266796, 1, 0.61445954, 0.54383806, 0.75465074, 0.53204434, 0.50627551, 0.95060892,
  0.65564567, 0.72621001, 0.67226242, 0.56963034, 0.71615086, 0.85136046, 0.72187844, 0.47843534, 0.60564494, 0.63197891, 0.46695263, 0.76879749,
  0.51175464, 0.84846155, 0.55250342, 0.46078846, 0.85007385, 0.70072487, 0.5440246, 0.57559014, 0.51074243, 0.48736918, 0.57336332, 0.64514701,
  0.60358957, 0.93620515, 0.47846615, 0.54111266, 0.42213902, 0.60026788, 0.69232725, 0.59317662, 0.4539783, 0.62394719, 0.61940179, 0.56449096,
  0.48563062, 0.5014358, 0.43578218, 0.44881242, 0.5029352, 0.53641931, 0.53876215, 0.80154665, 0.42258064, 0.49464061, 0.84297178,
];

export const cases: NodeCase[] = [
  {
    name: "brightness of the one, colours of the other", inputs: { image: busy([1, 2, 3, 3], 0, 1, 4), colours: busy([1, 2, 3, 3], 0.2, 0.8, 9) },
    expected: { image: tensorValue(float32([1, 2, 3, 3], [0.23592958, 0.34152961, 0.48072958, 0.28289359, 0.4892936, 0.72929358, 0.18768318, 0.49488319, 0.23328318, 0.66092961, 0.4665296, 0.30572959, 0.84702402, 0.75342401, 1, 0.67046559, 0.6776656, 0.71846557])) },
    from: "NumPy with the whole YIQ matrix and its inverse, tests/peers/style_cases.py", differentiable: ["image", "colours"],
  },
  { name: "mean and covariance by symmetric roots", params: { mode: "histogram-match" }, inputs: { image: style, colours: photo }, expected: { image: tensorValue(float32([1, 4, 5, 3], SYMMETRIC)) }, from },
  { name: "mean and covariance by Cholesky's roots", params: { mode: "histogram-match", roots: "cholesky" }, inputs: { image: style, colours: photo }, expected: { image: tensorValue(float32([1, 4, 5, 3], CHOLESKY)) }, from },
  {
    name: "a grey style takes the photo's mean, and no colour that it has not", params: { mode: "histogram-match" },
    inputs: { image: tensorValue(float32([1, 1, 2, 3], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5])), colours: tensorValue(float32([1, 1, 2, 3], [0.2, 0.4, 0.6, 0.4, 0.6, 0.8])) },
    expected: { image: tensorValue(float32([1, 1, 2, 3], [0.3, 0.5, 0.7, 0.3, 0.5, 0.7])) }, from: "by hand",
  },
];
