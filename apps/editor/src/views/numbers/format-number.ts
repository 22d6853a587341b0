/** Numbers, sizes and times as people read them. */

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

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ["kB", "MB", "GB"];
  let [size, unit] = [bytes / 1000, 0];
  while (size >= 1000 && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** A span of time: `85 ms`, `4.2 s`, `3 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 0.9995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ""}`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `[1,6,32]` as `1 × 6 × 32`; a scalar as “one number”. */
export const formatShapeWords = (shape: readonly number[]): string => (shape.length ? shape.map(formatCount).join(" × ") : "one number");
