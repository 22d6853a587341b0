/** What the planes of a volume are called: of a body by anatomy, of a film by time. */
import type { PortType } from "@patchbay/graph-core";
import type { PlaneName } from "./planes.ts";

/** In the three channels of a volume that is no hidden layer, frames of a film have their colours. */
export const isFilm = (shape: readonly number[], type: PortType | undefined): boolean => shape.length === 5 && shape[0] === 1 && shape[4] === 3 && type?.kind === "tensor" && type.meaning === "volume";

const BODY: { readonly [P in PlaneName]: string } = { axial: "Axial", coronal: "Coronal", sagittal: "Sagittal" };
const FILM: { readonly [P in PlaneName]: string } = { axial: "Frame", coronal: "Row over time", sagittal: "Column over time" };

export const planeTitle = (plane: PlaneName, film: boolean): string => (film ? FILM : BODY)[plane];

export const planeLabel = (plane: PlaneName, film: boolean, at: number, of: number): string => `${planeTitle(plane, film)}${film ? "" : " slice"} ${at + 1} of ${of}`;
