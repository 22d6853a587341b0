/** The view of each kind of value. */
import type { RuntimeValue } from "@patchbay/runtime";
import type { ReactNode } from "react";
import { ActivationsView } from "./activations/ActivationsView.tsx";
import { CalibrationView } from "./calibration/CalibrationView.tsx";
import { ConfusionView } from "./calibration/ConfusionView.tsx";
import { DatasetView } from "./dataset/DatasetView.tsx";
import { DecisionView } from "./distance/DecisionView.tsx";
import { DistanceView } from "./distance/DistanceView.tsx";
import { ProbabilityView } from "./distance/ProbabilityView.tsx";
import { FacesView } from "./faces/FacesView.tsx";
import { FileView } from "./file/FileView.tsx";
import { ImagesView } from "./image/ImagesView.tsx";
import { ImageView } from "./image/ImageView.tsx";
import { PatchesView } from "./insight/PatchesView.tsx";
import { NetworkView } from "./network/NetworkView.tsx";
import { GalleryView } from "./people/GalleryView.tsx";
import { IdentityView } from "./people/IdentityView.tsx";
import { NumberView, TableView, TextView } from "./plain/PlainViews.tsx";
import { ScatterView } from "./scatter/ScatterView.tsx";
import { SeriesView } from "./series/SeriesView.tsx";
import { TensorView } from "./tensor/TensorView.tsx";
import type { ViewOf, ViewProps } from "./view-props.ts";

type Kind = RuntimeValue["kind"];

/** Total: another kind of value does not compile without a view. */
const VIEWS: { readonly [K in Kind]: (props: ViewOf<K>) => ReactNode } = {
  tensor: AnyTensor,
  image: ImageView,
  images: ImagesView,
  activations: ActivationsView,
  faces: FacesView,
  decision: DecisionView,
  identity: IdentityView,
  gallery: GalleryView,
  series: SeriesView,
  table: TableView,
  text: TextView,
  number: NumberView,
  dataset: DatasetView,
  network: NetworkView,
  patches: PatchesView,
  scatter: ScatterView,
  calibration: CalibrationView,
  confusion: ConfusionView,
  file: FileView,
};

export function ValueView(props: ViewProps & { nodeType?: string }): ReactNode {
  const View = VIEWS[props.value.kind] as (props: ViewProps) => ReactNode;
  return <View {...props} />;
}

/** Two kinds of numbers that say more than numbers do. */
function AnyTensor(props: ViewOf<"tensor"> & { nodeType?: string }): ReactNode {
  const { type, nodeType, value } = props;
  if (value.data.length && type?.kind === "tensor" && type.meaning === "distance") return <DistanceView {...props} />;
  if (value.data.length && nodeType === "LogisticVerifier") return <ProbabilityView {...props} />;
  return <TensorView {...props} />;
}
