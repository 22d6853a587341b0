/**
 * Sine and cosine. WGSL lets a GPU err by 2⁻¹¹ in both (software adapters make use of it), which shows in gradients, so they
 * are composed: the argument is brought to [−π/2, π/2] and a polynomial taken, good to about 1e-7.
 */
import type { Tensor, Tf } from "../rule.ts";

/** π in two parts: whole multiples of the first, of eight bits, are exact in float32. */
const PI_HIGH = 3.140625;
const PI_LOW = Math.PI - PI_HIGH;

/** Taylor coefficients of sin(r)/r in r², highest first; the first one left out is worth 6e-8 at π/2. */
const COEFFICIENTS = [-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1];

/** sin(x) for |x| up to some 10⁵. */
export function sine(tf: Tf, x: Tensor): Tensor {
  const turns = tf.round(tf.mul(x, tf.scalar(1 / Math.PI)));
  return alternating(tf, turns, reducedSine(tf, x, turns));
}

/** cos(x) = sin(x + π/2), with the half turn counted in multiples of π so that nothing is rounded. */
export function cosine(tf: Tf, x: Tensor): Tensor {
  const turns = tf.floor(tf.mul(x, tf.scalar(1 / Math.PI)));
  return tf.neg(alternating(tf, turns, reducedSine(tf, x, tf.add(turns, tf.scalar(0.5)))));
}

/** sin(x − turns·π) where the difference is within ±π/2. */
function reducedSine(tf: Tf, x: Tensor, turns: Tensor): Tensor {
  const r = tf.sub(tf.sub(x, tf.mul(turns, tf.scalar(PI_HIGH))), tf.mul(turns, tf.scalar(PI_LOW)));
  const square = tf.mul(r, r);
  const [first, ...rest] = COEFFICIENTS;
  const polynomial = rest.reduce<Tensor>((sum, c) => tf.add(tf.mul(sum, square), tf.scalar(c)), tf.scalar(first!));
  return tf.mul(r, polynomial);
}

/** (−1)^turns · value. */
function alternating(tf: Tf, turns: Tensor, value: Tensor): Tensor {
  const odd = tf.sub(turns, tf.mul(tf.floor(tf.mul(turns, tf.scalar(0.5))), tf.scalar(2)));
  return tf.sub(value, tf.mul(tf.mul(odd, tf.scalar(2)), value));
}
