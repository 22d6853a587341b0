/** Resampling. Every mode is separable: along each axis a constant matrix, or a list of the entries that are repeated. */
import type { Value } from "../../../ir/builder.ts";
import type { OpCall, Rule } from "../../../networks/rule.ts";

type Coordinates = "half_pixel" | "half_pixel_symmetric" | "pytorch_half_pixel" | "align_corners" | "asymmetric" | "tf_half_pixel_for_nn" | "tf_crop_and_resize";
type Nearest = "round_prefer_floor" | "round_prefer_ceil" | "floor" | "ceil" | "simple";

interface AxisPlan {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly roi: readonly [number, number];
}

/** Where position `i` of the result lies on the input. */
function sourceOf(mode: Coordinates, { from, to, scale, roi }: AxisPlan, i: number): number {
  switch (mode) {
    // The length before it was rounded down, as ONNX's own cases have it.
    case "align_corners": return to > 1 ? (i * (from - 1)) / (from * scale - 1) : 0;
    case "asymmetric": return i / scale;
    case "pytorch_half_pixel": return to > 1 ? (i + 0.5) / scale - 0.5 : 0;
    case "tf_half_pixel_for_nn": return (i + 0.5) / scale;
    case "tf_crop_and_resize": return to > 1 ? roi[0] * (from - 1) + (i * (roi[1] - roi[0]) * (from - 1)) / (to - 1) : 0.5 * (roi[0] + roi[1]) * (from - 1);
    case "half_pixel_symmetric": {
      const middle = (from / 2) * (1 - to / (scale * from));
      return middle + (i + 0.5) / scale - 0.5;
    }
    default: return (i + 0.5) / scale - 0.5;
  }
}

const NEAREST: { readonly [N in Nearest]: (at: number) => number } = {
  round_prefer_floor: (at) => Math.ceil(at - 0.5),
  round_prefer_ceil: (at) => Math.floor(at + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
  simple: Math.floor,
};

/** Keys' cubic convolution kernel (1981) at a distance. */
const keys = (d: number, a: number): number => (d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0);
/** At the four neighbours of a point `t` of the way between the middle two. */
const cubic = (t: number, a: number): number[] => [1 + t, t, 1 - t, 2 - t].map((d) => keys(d, a));

interface Interpolation {
  readonly mode: "linear" | "cubic";
  readonly coordinates: Coordinates;
  readonly cubicA: number;
  readonly excludeOutside: boolean;
}

/** With antialiasing the kernel is stretched over all that becomes one entry, and its weights add up to one. */
function stretched(plan: AxisPlan, at: number, how: Interpolation): Float64Array {
  const row = new Float64Array(plan.from);
  const scale = Math.min(1, plan.scale);
  const reach = (how.mode === "linear" ? 1 : 2) / scale;
  let total = 0;
  for (let place = Math.ceil(at - reach); place <= at + reach; place++) {
    const distance = Math.abs(place - at) * scale;
    const w = how.mode === "linear" ? Math.max(0, 1 - distance) : keys(distance, how.cubicA);
    if (how.excludeOutside && (place < 0 || place >= plan.from)) continue;
    row[Math.min(plan.from - 1, Math.max(0, place))]! += w;
    total += w;
  }
  return row.map((w) => w / total);
}

/** Weights of one row of the matrix `[to, from]`; neighbours beyond the edge are the edge, or nothing where they are excluded. */
function weights(plan: AxisPlan, at: number, how: Interpolation): Float64Array {
  const row = new Float64Array(plan.from);
  const base = Math.floor(at);
  const taps = how.mode === "linear" ? [1 - (at - base), at - base] : cubic(at - base, how.cubicA);
  const first = how.mode === "linear" ? base : base - 1;
  let total = 0;
  taps.forEach((w, k) => {
    const place = first + k;
    if (how.excludeOutside && (place < 0 || place >= plan.from)) return;
    row[Math.min(plan.from - 1, Math.max(0, place))]! += w;
    total += w;
  });
  return how.excludeOutside ? row.map((w) => w / total) : row;
}

/** One axis multiplied by a matrix `[to, from]`. */
function alongAxis(op: OpCall, x: Value, axis: number, matrix: Float32Array, to: number): Value {
  const { b } = op;
  const rank = x.shape.length;
  const from = x.shape[axis]!;
  if (axis === rank - 1 && rank >= 2) return b.matmul(x, b.floats([to, from], matrix), { transposeB: true });
  if (axis === rank - 2) return b.matmul(b.floats([to, from], matrix), x);
  const order = [...x.shape.keys()].filter((i) => i !== axis);
  const inner = order.reduce((n, i) => n * x.shape[i]!, 1);
  const turned = b.reshape(b.transpose(x, [axis, ...order]), [from, inner]);
  const resized = b.reshape(b.matmul(b.floats([to, from], matrix), turned), [to, ...order.map((i) => x.shape[i]!)]);
  return b.transpose(resized, x.shape.map((_, i) => (i === axis ? 0 : order.indexOf(i) + 1)));
}

interface Plan {
  readonly axes: readonly AxisPlan[];
  readonly mode: string;
  readonly coordinates: Coordinates;
  readonly nearest: Nearest;
}

/** Entries of one axis's matrix. */
const LARGEST_MATRIX = 2 ** 24;

function resample(op: OpCall, { axes, mode, coordinates, nearest }: Plan): Value {
  const { b, attributes } = op;
  const given = op.value(0);
  const extrapolation = attributes.number("extrapolation_value", 0);
  const crop = coordinates === "tf_crop_and_resize";
  let x = mode === "nearest" ? given : b.cast(given, "float32");
  const outside: Value[] = [];
  axes.forEach((plan, axis) => {
    const { from, to } = plan;
    if (!Number.isSafeInteger(to) || to < 1 || from < 1) op.fail(`an axis of ${from} to ${to}`);
    if (from === to && plan.scale === 1 && !crop) return;
    if (to > 2 ** 24) op.fail(`an axis of ${to}`);
    const sources = Array.from({ length: to }, (_, i) => sourceOf(coordinates, plan, i));
    if (crop) outside.push(b.constant({ dtype: "bool", shape: axes.map((_, i) => (i === axis ? to : 1)), data: Uint8Array.from(sources, (s) => (s < 0 || s > from - 1 ? 1 : 0)) }));
    if (mode === "nearest") {
      const places = sources.map((s) => Math.min(from - 1, Math.max(0, NEAREST[nearest](s))));
      x = b.gather(x, b.ints([to], places), axis);
      return;
    }
    if (to * from > LARGEST_MATRIX) op.fail(`an axis of ${from} to ${to}`);
    const how: Interpolation = { mode: mode as "linear" | "cubic", coordinates, cubicA: attributes.number("cubic_coeff_a", -0.75), excludeOutside: attributes.flag("exclude_outside") };
    const matrix = new Float32Array(to * from);
    const antialias = attributes.flag("antialias") && plan.scale < 1;
    sources.forEach((s, i) => matrix.set(antialias ? stretched(plan, s, how) : weights(plan, mode === "linear" ? Math.min(from - 1, Math.max(0, s)) : s, how), i * from));
    x = alongAxis(op, x, axis, matrix, to);
  });
  const cut = outside.length ? b.select(outside.reduce((p, q) => b.or(p, q)), extrapolation, x) : x;
  return b.cast(cut, given.dtype);
}

/** What the IR resizes by itself, without matrices. */
function asOneResize(op: OpCall, { axes, mode, coordinates, nearest }: Plan): Value | null {
  if (op.attributes.flag("antialias") && mode !== "nearest") return null;
  const x = op.value(0);
  const rank = x.shape.length;
  if (rank < 3 || rank > 5 || x.dtype !== "float32" || axes[0]!.from !== axes[0]!.to || axes[1]!.from !== axes[1]!.to) return null;
  const spatial = axes.slice(2);
  const exact = spatial.every((a) => Math.abs(a.scale * a.from - a.to) < 1e-4);
  const whole = spatial.every((a) => a.to % a.from === 0);
  const linear = mode === "linear" && (coordinates === "half_pixel" || (coordinates === "pytorch_half_pixel" && spatial.every((a) => a.to > 1))) && exact;
  const repeated = mode === "nearest" && exact && whole && ((coordinates === "asymmetric" && (nearest === "floor" || nearest === "simple")) || (coordinates === "half_pixel" && nearest === "round_prefer_ceil"));
  return linear || repeated ? op.b.resize(x, spatial.map((a) => a.to), mode) : null;
}

const MODES: readonly string[] = ["nearest", "linear", "cubic"];
const COORDINATES: readonly string[] = ["half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize"];

/** Inputs (x, scales) up to version 10, then (x, roi, scales, sizes). */
function resize(op: OpCall): Value {
  const { attributes } = op;
  const early = op.version < 11;
  const rank = op.shape(0).length;
  const mode = attributes.text("mode", "nearest");
  const coordinates = attributes.text("coordinate_transformation_mode", early ? "asymmetric" : "half_pixel");
  const nearest = attributes.text("nearest_mode", early ? "floor" : "round_prefer_floor");
  if (!MODES.includes(mode) || !COORDINATES.includes(coordinates) || !(nearest in NEAREST)) op.fail(`its mode ${mode}, ${coordinates}, ${nearest} is not known`);
  const policy = attributes.text("keep_aspect_ratio_policy", "stretch");
  const at = early ? 1 : 2;
  const filled = (i: number) => op.has(i) && op.item(i).shape[0] !== 0;
  const scales = filled(at) ? op.numbers(at) : undefined;
  const asked = !scales && !early && filled(3) ? op.numbers(3) : undefined;
  const roi = coordinates === "tf_crop_and_resize" ? op.numbers(1) : [];
  const listed = scales ?? asked ?? op.fail("it has neither scales nor sizes");
  const some = attributes.numbers("axes");
  const axes = some ? op.axes(some, rank) : op.shape(0).map((_, i) => i);
  if (listed.length !== axes.length || (roi.length && roi.length !== 2 * axes.length)) op.fail(`${listed.length} ${scales ? "scales" : "sizes"} for ${axes.length} axes`);
  // One scale for all axes, as large as fits in or as small as covers what is asked.
  const ratios = (asked ?? []).map((n, i) => n / op.shape(0)[axes[i]!]!);
  const common = policy === "stretch" ? undefined : policy === "not_larger" ? Math.min(...ratios) : policy === "not_smaller" ? Math.max(...ratios) : op.fail(`its keep_aspect_ratio_policy “${policy}” is not known`);
  const sizes = asked?.map((n, i) => (common === undefined ? n : Math.floor(common * op.shape(0)[axes[i]!]! + 0.5)));
  const plans = op.shape(0).map((from, axis): AxisPlan => {
    const i = axes.indexOf(axis);
    if (i < 0) return { from, to: from, scale: 1, roi: [0, 1] };
    const region: readonly [number, number] = roi.length ? [roi[i]!, roi[axes.length + i]!] : [0, 1];
    const width = coordinates === "tf_crop_and_resize" ? region[1] - region[0] : 1;
    return scales ? { from, to: Math.floor(from * scales[i]! * width + 1e-6), scale: scales[i]!, roi: region } : { from, to: sizes![i]!, scale: common ?? sizes![i]! / from, roi: region };
  });
  const plan: Plan = { axes: plans, mode, coordinates: coordinates as Coordinates, nearest: nearest as Nearest };
  return asOneResize(op, plan) ?? resample(op, plan);
}

/** Resize as it was up to version 9. */
function upsample(op: OpCall): Value {
  const mode = op.attributes.text("mode", "nearest");
  if (mode !== "nearest" && mode !== "linear") op.fail(`its mode ${mode} is not known`);
  const scales = op.setting("scales", 1) ?? op.fail("it has no scales");
  if (scales.length !== op.shape(0).length) op.fail(`${scales.length} scales`);
  const plan: Plan = { axes: op.shape(0).map((from, i) => ({ from, to: Math.floor(from * scales[i]! + 1e-6), scale: scales[i]!, roi: [0, 1] })), mode, coordinates: "asymmetric", nearest: "floor" };
  return asOneResize(op, plan) ?? resample(op, plan);
}

export const RESIZE = { Resize: resize, Upsample: upsample } satisfies { readonly [op: string]: Rule };
