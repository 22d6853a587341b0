/** Nodes that are dragged over a wire they fit: the wire lights up, and letting go puts the node between its ends. */
import { useStoreApi } from "@xyflow/react";
import { useMemo } from "react";
import type { Change } from "@patchbay/graph-core";
import { useEditor } from "../../app/editor-context.ts";
import { declaredNode } from "../../model/declared-node.ts";
import { bodyAt, nodesById, wireOfKey } from "../../model/document-view.ts";
import { insertExisting } from "../../model/edits/insert-on-wire.ts";
import type { CanvasParts } from "../canvas-context.ts";
import { portPoint, type NodeLookup, type Point } from "../connect/nearest-port.ts";
import { distanceToCurve, type Curve } from "../wires/curve.ts";

export interface DropOnWire {
  /** A drag of these nodes begins. */
  begin(ids: readonly string[]): void;
  /** The node's rectangle is over this place. */
  over(id: string, middle: Point, height: number): void;
  /** The edits that put it there, where it is over a wire; the drag has ended. */
  end(id: string | null): { changes: readonly Change[]; label: string } | null;
  /** The wire under a place, whatever fits. */
  wireAt(point: Point, reach: number): string | null;
}

export function useDropOnWire({ flow, dropWire }: Pick<CanvasParts, "flow" | "dropWire">): DropOnWire {
  const { editor } = useEditor();
  const store = useStoreApi();
  return useMemo(() => {
    let curves: readonly (Curve & { key: string })[] = [];
    const fitting = new Map<string, readonly Change[] | null>();

    const curvesWithout = (ids: ReadonlySet<string>): readonly (Curve & { key: string })[] => {
      const lookup = store.getState().nodeLookup as unknown as NodeLookup;
      return flow.store.getState().wires.flatMap((wire) => {
        if (ids.has(wire.source) || ids.has(wire.target)) return [];
        const from = portPoint(lookup, "output", wire.source, wire.sourceHandle ?? "");
        const to = portPoint(lookup, "input", wire.target, wire.targetHandle ?? "");
        return from && to ? [{ key: wire.id, from, to }] : [];
      });
    };
    const nearest = (point: Point, reach: number): string | null => {
      let best: string | null = null;
      let least = reach;
      for (const curve of curves) {
        const distance = distanceToCurve(curve, point, least);
        if (distance < least) [best, least] = [curve.key, distance];
      }
      return best;
    };
    const changesFor = (key: string, id: string): readonly Change[] | null => {
      if (!fitting.has(key)) {
        const { history, scope, inference } = editor.store.getState();
        fitting.set(key, insertExisting(history.document, scope, editor.registry, inference, wireOfKey(key), id));
      }
      return fitting.get(key)!;
    };
    const show = (key: string | null): void => {
      if (dropWire.getState().key !== key) dropWire.setState({ key });
    };
    return {
      begin(ids) {
        fitting.clear();
        curves = ids.length === 1 ? curvesWithout(new Set(ids)) : [];
      },
      over(id, middle, height) {
        const key = nearest(middle, Math.min(60, height / 2 + 10));
        show(key !== null && changesFor(key, id) ? key : null);
      },
      end(id) {
        const { key } = dropWire.getState();
        const changes = key !== null && id !== null ? changesFor(key, id) : null;
        show(null);
        curves = [];
        if (!changes || id === null) return null;
        const { history, scope } = editor.store.getState();
        const node = nodesById(bodyAt(history.document, scope)!).get(id);
        return { changes, label: `Insert ${node?.title ?? (node && declaredNode(node, editor.registry)?.title) ?? id} into a wire` };
      },
      wireAt(point, reach) {
        curves = curvesWithout(new Set());
        const key = nearest(point, reach);
        curves = [];
        return key;
      },
    };
  }, [editor, store, flow, dropWire]);
}
