/** Which colour stands for which number. */
import type { ReactNode } from "react";
import { formatNumber } from "../numbers/format-number.ts";
import { cssGradient, type ColourMap } from "../pixels/colour-maps.ts";

export function Legend({ map, min, max, note }: { map: ColourMap; min: number; max: number; note?: ReactNode }): ReactNode {
  return (
    <div className="pb-colour-legend">
      <span>{formatNumber(min, 3)}</span>
      <i style={{ background: cssGradient(map) }} />
      <span>{formatNumber(max, 3)}</span>
      {note === undefined ? null : <output aria-live="off">{note}</output>}
    </div>
  );
}
