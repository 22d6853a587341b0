/** What is known of a node's ports: the types there and how many wires; the same object while nothing of it changed. */
import { splitEndpoint, type GraphNode, type PortType } from "@patchbay/graph-core";
import { useMemo } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { bodyAt, prefixOf, wiresByNode } from "../../model/document-view.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { DrawnPorts } from "../flow/drawn-ports.ts";

export interface PortFacts {
  readonly types: readonly (PortType | undefined)[];
  readonly wires: readonly number[];
}

/** Inputs first, then outputs. */
export function usePortFacts(id: GraphNode["id"], ports: DrawnPorts): PortFacts {
  const select = useMemo(() => {
    let inference: EditorState["inference"] | null = null;
    let last: PortFacts = { types: [], wires: [] };
    return (state: EditorState): PortFacts => {
      if (state.inference === inference) return last;
      inference = state.inference;
      const next = read(state, id, ports);
      if (!same(last, next)) last = next;
      return last;
    };
  }, [id, ports]);
  return useEditorState(select);
}

function read({ inference, scope, history }: EditorState, id: string, ports: DrawnPorts): PortFacts {
  const prefix = prefixOf(scope) + id;
  const body = bodyAt(history.document, scope);
  const wires = (body && wiresByNode(body).get(id)) ?? [];
  const fed = body?.interface.inputs;
  const into = (end: string, port: string): boolean => {
    const at = splitEndpoint(end);
    return at.node === id && at.port === port;
  };
  return {
    types: [...ports.inputs.map((port) => inference.inputTypes.get(`${prefix}.${port.name}`)), ...ports.outputs.map((port) => inference.types.get(`${prefix}.${port.name}`))],
    // What the interface feeds is connected, to something outside.
    wires: [...ports.inputs.map((port) => wires.filter((wire) => into(wire.to, port.name)).length + (fed?.filter((entry) => entry.node === id && entry.port === port.name).length ?? 0)), ...ports.outputs.map((port) => wires.filter((wire) => into(wire.from, port.name)).length)],
  };
}

const same = (a: PortFacts, b: PortFacts): boolean => a.types.length === b.types.length && a.types.every((type, i) => type === b.types[i]) && a.wires.every((count, i) => count === b.wires[i]);
