/** Turns volumes the way radiologists look at them, however they were stored: slices from foot to head, rows from front to back, columns from right to left. */
import { rearranged, type StoredVolume, type Triple, type VolumeHeader, type VolumeSize } from "./stored-volume.ts";

/** Depth goes to the head, height to the back, width to the left: the third, second and first of DICOM's patient axes. */
const WANTED: Triple<number> = [2, 1, 0];

interface Turn {
  readonly from: Triple<number>;
  readonly backwards: Triple<boolean>;
}

/**
 * Which stored axis becomes depth, height and width: those that point most nearly there, each used once, the clearest first. Oblique scans keep
 * their slant: nothing is resampled. Null where the axes say nothing.
 */
export function turnOf({ axes }: VolumeHeader): Turn | null {
  if (!axes || !axes.every((axis) => axis.every(Number.isFinite) && Math.hypot(...axis) > 0)) return null;
  const unit = axes.map((axis) => axis.map((v) => v / Math.hypot(...axis)));
  const from: number[] = [-1, -1, -1];
  const backwards = [false, false, false];
  const pairs = WANTED.flatMap((patient, target) => unit.map((axis, stored) => ({ target, stored, along: axis[patient]! }))).sort((a, b) => Math.abs(b.along) - Math.abs(a.along) || a.stored - b.stored);
  for (const { target, stored, along } of pairs) {
    if (from[target] !== -1 || from.includes(stored)) continue;
    from[target] = stored;
    backwards[target] = along < 0;
  }
  return { from: from as unknown as Triple<number>, backwards: backwards as unknown as Triple<boolean> };
}

/** Size and spacing after turning. */
export function turnedHeader<H extends VolumeHeader>(header: H): H {
  const turn = turnOf(header);
  if (!turn) return header;
  const pick = <T>(three: readonly T[]): Triple<T> => turn.from.map((f) => three[f]!) as unknown as Triple<T>;
  const size: VolumeSize = [...pick(header.size), header.size[3]] as unknown as VolumeSize;
  return { ...header, size, spacing: header.spacing && pick(header.spacing) };
}

export function turned(volume: StoredVolume): StoredVolume {
  const turn = turnOf(volume);
  return turn ? { ...turnedHeader(volume), data: rearranged(volume.data, volume.size, turn.from, turn.backwards) } : volume;
}
