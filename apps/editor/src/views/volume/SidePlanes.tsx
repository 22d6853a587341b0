/** The two planes beside the slice that a node shows: where in the volume that slice lies. */
import { useMemo, type ReactNode } from "react";
import type { ColourMap } from "../pixels/colour-maps.ts";
import { planeLabel } from "./plane-names.ts";
import { PlanePane } from "./PlanePane.tsx";
import { fixedAxis, paintCut, planeRatio, type Place, type Voxels } from "./planes.ts";
import { useSpacing } from "./use-spacing.ts";
import "./volume.css";

export interface SidePlanesProps {
  voxels: Voxels;
  node: string;
  title: string;
  place: Place;
  /** In colours. */
  film: boolean;
  channel: number;
  map: ColourMap;
  ends: readonly [number, number];
  onPlace: (place: Place) => void;
}

export function SidePlanes({ voxels, node, title, place, film, channel, map, ends, onPlace }: SidePlanesProps): ReactNode {
  const size = voxels.shape.slice(1, 4) as unknown as Place;
  const spacing = useSpacing(node);
  const [z, y, x] = place;
  const images = useMemo(
    () => (["coronal", "sagittal"] as const).map((plane) => ({ plane, image: paintCut(voxels, plane, [z, y, x], { ends, ...(film ? {} : { one: { channel, map } }) }) })),
    // What moves only the lines paints nothing.
    [voxels, film, channel, map, ends, y, x],
  );
  return (
    <div className="pb-side-planes">
      {images.map(({ plane, image }) => {
        const axis = fixedAxis(plane);
        return <PlanePane key={plane} plane={plane} image={image} size={size} place={place} ratio={planeRatio(plane, size, spacing)} label={`${title}: ${planeLabel(plane, film, place[axis], size[axis])}`} onPlace={onPlace} />;
      })}
    </div>
  );
}
