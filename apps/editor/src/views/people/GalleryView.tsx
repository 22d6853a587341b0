/** The people that are known: a picture, the name, how many photos. */
import { useMemo, type ReactNode } from "react";
import type { ViewOf } from "../view-props.ts";
import { Portrait } from "./Portrait.tsx";
import { usePhotos } from "./use-photos.ts";
import "./people.css";

export function GalleryView({ value, node, large }: ViewOf<"gallery">): ReactNode {
  const { photos, people: faces } = usePhotos(node);
  const people = useMemo(() => {
    const found = new Map<string, { count: number; photo?: string }>();
    for (const { name, photo } of value.entries) {
      const one = found.get(name);
      if (one) one.count++;
      else found.set(name, { count: 1, ...(photo === undefined ? {} : { photo }) });
    }
    return [...found];
  }, [value]);
  if (people.length === 0) return <p className="pb-view-note">Nobody is enrolled yet.</p>;
  const most = large ? 500 : 24;
  return (
    <ul className="pb-people nowheel" tabIndex={0} aria-label={`${people.length} people`} data-large={large || undefined}>
      {people.slice(0, most).map(([name, { count, photo }]) => (
        <li key={name}>
          <Portrait name={name} image={(photo === undefined ? undefined : photos.get(photo)) ?? faces.get(name)} />
          <span className="pb-people-name" title={name}>{name}</span>
          <span className="pb-people-count">{count === 1 ? "1 photo" : `${count} photos`}</span>
        </li>
      ))}
      {people.length > most ? <li className="pb-strip-more">and {people.length - most} more</li> : null}
    </ul>
  );
}
