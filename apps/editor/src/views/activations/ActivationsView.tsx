/** Activations of several layers; those without height and width as what their shape allows. */
import type { ReactNode } from "react";
import type { ViewOf } from "../view-props.ts";
import { ActivationMaps } from "./ActivationMaps.tsx";

export function ActivationsView({ value, title, large }: ViewOf<"activations">): ReactNode {
  const flat = value.layers.filter((l) => l.tensor.shape.length < 3);
  return (
    <>
      <ActivationMaps layers={value.layers.filter((l) => l.tensor.shape.length >= 3)} title={title} large={large} />
      {flat.length ? <p className="pb-view-note">{flat.map((l) => `${l.name} [${l.tensor.shape.join(",")}]`).join(", ")}</p> : null}
    </>
  );
}
