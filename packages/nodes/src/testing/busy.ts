/** Numbers for worked examples that a few lines of another language can repeat exactly: see tests/peers/node_cases.py. */
import { float32, sizeOf, tensorValue, type TensorValue } from "@patchbay/runtime/node-api";

/** `low + (high − low) · ((7i² + 37i + 11·salt) mod 251) / 250` for the i-th number in row-major order. */
export function busy(shape: readonly number[], low = -1, high = 1, salt = 1): TensorValue {
  return tensorValue(float32(shape, Float32Array.from({ length: sizeOf(shape) }, (_, i) => low + ((high - low) * ((7 * i * i + 37 * i + 11 * salt) % 251)) / 250)));
}
