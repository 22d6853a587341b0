/** Every edit as plain data, applied by a pure function: the unit of history, of fixes and of what a host may send. */
import type { GraphBody, GraphComment, GraphInterface, GraphNode, GraphWire, Json, Position } from "../document/document.ts";

/** Where an edit happens: ids of the subgraph nodes to enter, outermost first. Absent: the top level. */
export type Scope = readonly string[];

interface ChangeBase {
  scope?: Scope;
}

export type Change = ChangeBase &
  (
    | { kind: "add-node"; node: GraphNode }
    | { kind: "remove-nodes"; ids: readonly string[] } // with their wires and interface entries
    | { kind: "move-nodes"; positions: { readonly [id: string]: Position } }
    | { kind: "set-param"; node: string; param: string; value: Json | undefined } // undefined: back to the default
    | { kind: "set-node"; node: string; fields: Partial<Pick<GraphNode, "title" | "comment" | "collapsed" | "muted">> }
    | { kind: "rename-node"; node: string; to: string }
    | { kind: "connect"; wire: GraphWire } // replaces what was on a port that takes one wire
    | { kind: "disconnect"; wire: GraphWire }
    | { kind: "set-interface"; interface: GraphInterface }
    | { kind: "set-comment"; comment: GraphComment } // adds or replaces by id
    | { kind: "remove-comment"; id: string }
    | { kind: "set-document"; fields: { title?: string; description?: string } }
    | { kind: "group"; ids: readonly string[]; id: string; title?: string } // into one Subgraph node
    | { kind: "ungroup"; id: string }
    | { kind: "insert"; body: Pick<GraphBody, "nodes" | "wires">; offset?: Position } // paste: ids are made unique
  );
