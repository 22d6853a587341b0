/** Who it is, or nobody, and who came next. */
import { useMemo, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { DistanceBars } from "../distance/DistanceBars.tsx";
import { Thumbnail } from "../image/Thumbnail.tsx";
import { formatDistance } from "../numbers/format-number.ts";
import { isPicture, keep, upstreamValue } from "../state/upstream-values.ts";
import type { ViewOf } from "../view-props.ts";
import { Portrait } from "./Portrait.tsx";
import { usePhotos } from "./use-photos.ts";
import "../distance/distance.css";
import "./people.css";

export function IdentityView({ value: { name, distance, threshold, candidates }, node, large }: ViewOf<"identity">): ReactNode {
  const { people } = usePhotos(node, "gallery");
  const [query] = useEditorState(useMemo(() => keep((state) => [upstreamValue(state, node, "encoding", isPicture)]), [node]));
  return (
    <>
      <div className="pb-identity" data-known={name !== null || undefined}>
        {query ? <Thumbnail of={query} label="The face that was looked for" /> : null}
        <p>
          <b>{name ?? "Not recognised"}</b>
          <span>{name === null ? `the nearest person is at ${formatDistance(distance)}, beyond ${formatDistance(threshold)}` : `distance ${formatDistance(distance)}, threshold ${formatDistance(threshold)}`}</span>
        </p>
        {name !== null && people.has(name) ? <Portrait name={name} image={people.get(name)} /> : null}
      </div>
      <DistanceBars threshold={threshold} rows={candidates.slice(0, large ? 200 : 6).map((c) => ({ ...c, ...(people.size ? { picture: <Portrait name={c.name} image={people.get(c.name)} /> } : {}) }))} />
    </>
  );
}
