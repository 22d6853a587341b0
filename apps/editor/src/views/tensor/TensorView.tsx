/** A tensor in the form that suits it. */
import type { TensorValue } from "@patchbay/runtime";
import type { ReactNode } from "react";
import { ActivationMaps } from "../activations/ActivationMaps.tsx";
import { ImageView } from "../image/ImageView.tsx";
import { formatNumber } from "../numbers/format-number.ts";
import { range } from "../numbers/statistics.ts";
import type { ViewOf } from "../view-props.ts";
import { EncodingStrips } from "./EncodingStrips.tsx";
import { tensorForm } from "./form.ts";
import { HeatMap } from "./HeatMap.tsx";
import { Histogram } from "./Histogram.tsx";
import { ScalarView } from "./ScalarView.tsx";
import { SignalView } from "./SignalView.tsx";
import { SliceView } from "./SliceView.tsx";
import { Sparkline } from "./Sparkline.tsx";
import "./tensor.css";

export function TensorView(props: ViewOf<"tensor">): ReactNode {
  const { value, type, title, large, shown } = props;
  switch (tensorForm(value.shape, type)) {
    case "nothing":
      return <p className="pb-view-note">It holds no numbers: one of its axes has the length 0.</p>;
    case "scalar":
      return <ScalarView value={value.data[0]!} name={value.shape.length === 0 && type?.kind === "tensor" ? type.meaning : undefined} />;
    case "pictures":
      return <ImageView {...props} />;
    case "strips":
      return <EncodingStrips {...props} />;
    case "matrix":
      return <HeatMap {...matrixOf(value)} title={title} large={large} />;
    case "maps":
    case "numbers":
      return value.shape.length === 4 ? <ActivationMaps layers={[{ name: title, tensor: value }]} title={title} large={large} /> : <Histogram summary={shown.summary.tensor} large={large} />;
    case "signal":
      return <SignalView {...props} />;
    case "slices":
      return <SliceView {...props} />;
    case "vector":
      return (
        <>
          <Sparkline curves={[value.data]} label={`${title}: ${value.data.length} numbers, from ${range(value.data).map((v) => formatNumber(v)).join(" to ")}`} />
          <p className="pb-first-numbers">{Array.from(value.data.subarray(0, 6), (v) => formatNumber(v, 3)).join("  ")}{value.data.length > 6 ? " …" : ""}</p>
        </>
      );
  }
}

/** Rank three is read as one table: places down, channels across. */
function matrixOf({ shape, data }: TensorValue): { rows: number; columns: number; data: ArrayLike<number>; square: boolean } {
  const columns = shape.at(-1)!;
  return { rows: data.length / columns, columns, data, square: shape.length === 2 && shape[0] === shape[1] };
}
