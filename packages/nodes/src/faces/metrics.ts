/** The distances between encodings that Distance and Recognise offer. */
import type { ChoiceParam } from "@patchbay/graph-core";
import type { Builder, Value } from "@patchbay/runtime/node-api";

export type Metric = "euclidean" | "squared-euclidean" | "cosine" | "manhattan" | "chi-squared";

/** Keeps the denominator of χ² away from zero; encodings may be negative, so absolute values are summed. */
export const CHI_EPSILON = 1e-8;

export const metricParam: ChoiceParam = {
  name: "metric", title: "Metric", kind: "choice", default: "euclidean", help: "How far apart two encodings are.",
  choices: [
    { value: "euclidean", title: "Euclidean", help: "The length of the difference; the default encoder's threshold 0.6 is for this one." },
    { value: "squared-euclidean", title: "Squared Euclidean", help: "The sum of squared differences; 0.36 corresponds to 0.6." },
    { value: "cosine", title: "Cosine", help: "One minus the cosine of the angle between them." },
    { value: "manhattan", title: "Manhattan", help: "The sum of absolute differences." },
    { value: "chi-squared", title: "χ²", help: "Squared differences, each divided by |a|+|b|+1e-8, summed." },
  ],
};

/** Along the last axis of `a` and `b`, which broadcast. */
export function distance(b: Builder, metric: Metric, x: Value, y: Value): Value {
  const last = [-1];
  const squares = () => b.sum(b.square(b.sub(x, y)), last);
  switch (metric) {
    case "squared-euclidean":
      return squares();
    case "euclidean":
      // The root has no slope at 0; below 1e-24 the constant takes over, so that equal encodings give a gradient of 0, not NaN.
      return b.sqrt(b.max(squares(), 1e-24));
    case "cosine": {
      const length = (v: Value) => b.sqrt(b.max(b.sum(b.square(v), last), 1e-24));
      return b.sub(1, b.div(b.sum(b.mul(x, y), last), b.mul(length(x), length(y))));
    }
    case "manhattan":
      return b.sum(b.abs(b.sub(x, y)), last);
    case "chi-squared":
      return b.sum(b.div(b.square(b.sub(x, y)), b.add(b.add(b.abs(x), b.abs(y)), CHI_EPSILON)), last);
  }
}

/** The same for two plain arrays, in float64. */
export function distanceBetween(metric: Metric, x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [sum, dot, xx, yy] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [p, q] = [x[i]!, y[i]!];
    const d = p - q;
    if (metric === "manhattan") sum += Math.abs(d);
    else if (metric === "chi-squared") sum += (d * d) / (Math.abs(p) + Math.abs(q) + CHI_EPSILON);
    else sum += d * d;
    dot += p * q;
    xx += p * p;
    yy += q * q;
  }
  if (metric === "cosine") return 1 - dot / Math.sqrt(Math.max(xx, 1e-24) * Math.max(yy, 1e-24));
  return metric === "euclidean" ? Math.sqrt(sum) : sum;
}
