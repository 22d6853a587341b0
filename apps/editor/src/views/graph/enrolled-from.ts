/** The list of pictures whose people a gallery holds: where somebody is added who is enrolled at the gallery. */
import type { FileParam, FlatGraph, Json } from "@patchbay/graph-core";
import { upstreamKeys } from "./walk.ts";

export interface EnrolledFrom {
  /** Flat id of the node that reads the pictures. */
  readonly node: string;
  readonly spec: FileParam;
  readonly value: Json | undefined;
}

/** The nearest list upstream; null where there is none, or where a gallery file is chosen on the way and what is upstream is not read. */
export function enrolledFrom(flat: FlatGraph, node: string): EnrolledFrom | null {
  if (readsGalleryFile(flat, node)) return null;
  for (const key of upstreamKeys(flat, node)) {
    const id = key.slice(0, key.lastIndexOf("."));
    const found = flat.byId.get(id);
    const spec = found?.declaration?.params.find((p) => p.kind === "file" && p.accept === "images");
    if (spec?.kind === "file") return { node: id, spec, value: found!.params[spec.name] };
    if (readsGalleryFile(flat, id)) return null;
  }
  return null;
}

function readsGalleryFile({ byId }: FlatGraph, id: string): boolean {
  const node = byId.get(id);
  return node?.declaration?.params.some((p) => p.kind === "file" && p.accept === "gallery" && (node.params[p.name] ?? p.default) !== "") ?? false;
}
