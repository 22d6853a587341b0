/** Numbers as people read them. */

/** So many significant digits, without trailing zeros; very large and very small ones as powers of ten. A true minus sign. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = size.toExponential(Math.max(0, Math.min(digits, 3) - 1)).split("e") as [string, string];
    const power = superscript(Number(exponent));
    const short = String(Number(mantissa));
    return `${value < 0 ? "−" : ""}${short === "1" ? "" : `${short}·`}10${power}`;
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

const superscript = (n: number): string => String(n).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]!));

/** With as many decimals as a distance needs: 0.44. */
export const formatDistance = (value: number): string => (Math.abs(value) < 10 ? value.toFixed(2) : formatNumber(value)).replace("-", "−");

export const formatCount = (n: number): string => n.toLocaleString("en");

/** `[1,6,32]` as `1 × 6 × 32`; a scalar as “one number”. */
export const formatShapeWords = (shape: readonly number[]): string => (shape.length ? shape.map(formatCount).join(" × ") : "one number");
