/**
 * Division and remainder of whole numbers. Shaders of TensorFlow.js compute with float32 whatever the dtype, and GPUs may
 * miss a quotient by a few units in the last place, so quotients are corrected by their remainders. Exact below 2²⁴ in size.
 */
import type { Tensor, Tf } from "../rule.ts";

/** As float32 in a buffer of floats: the engine's own cast merely relabels the whole numbers, which not every shader bears. */
export const toFloat = (tf: Tf, x: Tensor): Tensor => (x.dtype === "float32" ? x : tf.mul(tf.cast(x, "float32"), tf.scalar(1)));

/** ⌊a/b⌋ for a ≥ 0, b > 0 (as float32): one too many or too few shows in the remainder. */
function quotient(tf: Tf, a: Tensor, b: Tensor): Tensor {
  const guess = tf.floor(tf.div(a, b));
  const rest = tf.sub(a, tf.mul(guess, b));
  const tooFew = tf.cast(tf.greaterEqual(rest, b), "float32");
  const tooMany = tf.cast(tf.less(rest, tf.scalar(0)), "float32");
  return tf.sub(tf.add(guess, tooFew), tooMany);
}

/** int32 a / b, rounded towards zero. */
export function divideTowardsZero(tf: Tf, a: Tensor, b: Tensor): Tensor {
  const [x, y] = [toFloat(tf, a), toFloat(tf, b)];
  const signs = tf.mul(tf.sign(x), tf.sign(y));
  return tf.cast(tf.mul(signs, quotient(tf, tf.abs(x), tf.abs(y))), "int32");
}

/** int32 a mod b, with the sign of b. */
export function floorMod(tf: Tf, a: Tensor, b: Tensor): Tensor {
  const [x, y] = [toFloat(tf, a), toFloat(tf, b)];
  const size = tf.abs(y);
  const rest = tf.sub(tf.abs(x), tf.mul(quotient(tf, tf.abs(x), size), size)); // |a| mod |b|
  const signed = tf.mul(tf.sign(x), rest); // the remainder with the sign of a
  const differs = tf.cast(tf.less(tf.mul(signed, tf.sign(y)), tf.scalar(0)), "float32");
  return tf.cast(tf.add(signed, tf.mul(differs, y)), "int32");
}
