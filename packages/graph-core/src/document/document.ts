/** The document: the same plain data in memory, in the file, on the command line and in the editor. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Position {
  x: number;
  y: number;
}

export interface GraphNode {
  /** Unique within its graph; letters, digits, `_` and `-`, starting with a letter or digit; no dots or slashes. */
  id: string;
  /** The declaration's type, e.g. `Distance`. Unknown types are kept as they are. */
  type: string;
  /** The declaration's version that `params` was written for. */
  version: number;
  /** Only the parameters that differ from their defaults. */
  params: { readonly [name: string]: Json };
  position: Position;
  /** Replaces the declaration's title on the canvas. */
  title?: string;
  comment?: string;
  collapsed?: boolean;
  /** Bypassed: where an input's type fits an output it is passed through, otherwise the node counts as absent. */
  muted?: boolean;
  /** The inside of a node of type `Subgraph`. */
  graph?: GraphBody;
}

/** Both ends as `node.port`. An input port takes one wire unless it is declared `multiple`. */
export interface GraphWire {
  from: string;
  to: string;
}

/** A named input of the graph: sets a parameter of a node, whatever the node's id. */
export interface InterfaceInput {
  name: string;
  node: string;
  /** Sets this parameter … */
  param?: string;
  /** … or feeds this input port (always so in subgraphs). */
  port?: string;
  /** For a port that takes many wires, how many of those inside the subgraph come before the ones from outside. Absent: all. */
  at?: number;
  doc?: string;
}

/** A named output of the graph: the value of a node's output port. */
export interface InterfaceOutput {
  name: string;
  node: string;
  port: string;
  doc?: string;
}

export interface GraphInterface {
  inputs: readonly InterfaceInput[];
  outputs: readonly InterfaceOutput[];
}

/** A frame or a note on the canvas. */
export interface GraphComment {
  id: string;
  text: string;
  position: Position;
  size?: { width: number; height: number };
  color?: string;
  /** Nodes that move with the frame. */
  nodes?: readonly string[];
}

export interface GraphBody {
  nodes: readonly GraphNode[];
  wires: readonly GraphWire[];
  interface: GraphInterface;
  comments?: readonly GraphComment[];
}

export interface GraphDocument extends GraphBody {
  format: "patchbay-graph";
  version: number;
  title?: string;
  description?: string;
}
