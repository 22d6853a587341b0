/** One number, large. */
import type { ReactNode } from "react";
import { formatNumber } from "../numbers/format-number.ts";

export function ScalarView({ value, name, unit }: { value: number; name?: string | undefined; unit?: string }): ReactNode {
  return (
    <p className="pb-scalar" title={String(value)}>
      <b>{formatNumber(value, 5)}</b>
      {unit ? <span>{unit}</span> : null}
      {name ? <span>{name}</span> : null}
    </p>
  );
}
