/** The graph without nesting: what inference, the runtime and exporters work on. */
import type { NodeDeclaration } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { InterfaceInput, InterfaceOutput, Json } from "../document/document.ts";

export interface FlatNode<D extends NodeDeclaration = NodeDeclaration> {
  /** The path from the top: `outer/inner`. */
  id: string;
  type: string;
  version: number;
  /** As in the document, with what enclosing Subgraph nodes set in their stead. */
  params: { readonly [name: string]: Json };
  /** Parameters that an enclosing Subgraph node sets. */
  overridden?: ReadonlySet<string>;
  /** Absent for unknown types. */
  declaration?: D;
}

export interface FlatWire {
  fromNode: string;
  fromPort: string;
  toNode: string;
  toPort: string;
  /** `fromNode.fromPort`, the key of the source's type. */
  fromKey: string;
  /** `toNode.toPort`. */
  toKey: string;
  /** The wire as it is drawn, by which a diagnostic names it: across a subgraph's border its ends differ from the flat ones. */
  drawn: string;
}

/** Why nothing arrives: `by` is the flat id of the muted node, or of the reroute to which nothing is connected. */
export interface Silence {
  by: string;
  reason: "muted" | "open";
}

export interface FlatGraph<D extends NodeDeclaration = NodeDeclaration> {
  /** Every node that takes part: no Subgraph nodes, no muted ones, none that only pass on what arrives. In document order. */
  nodes: readonly FlatNode<D>[];
  byId: ReadonlyMap<string, FlatNode<D>>;
  /** Grouped by receiving node; the wires of one port in their order. */
  wires: readonly FlatWire[];
  /** The wires into each node. */
  incoming: ReadonlyMap<string, readonly FlatWire[]>;
  /** Node ids, sources first. Nodes on a cycle, and those that need one of them, are missing. */
  order: readonly string[];
  /** Interface inputs resolved to flat ids. One name may occur more than once: it sets all of them. */
  inputs: readonly InterfaceInput[];
  outputs: readonly InterfaceOutput[];
  /** Outputs of nodes that do not compute (`outer.port`: Subgraph, muted, reroute) to the flat output whose value they carry. */
  outputAliases: ReadonlyMap<string, string>;
  /** Inputs of Subgraph nodes to an input inside that they feed. */
  inputAliases: ReadonlyMap<string, string>;
  /** Inputs of nodes that only pass on what arrives, and of Subgraph nodes that begin with one, to the flat output whose value arrives. */
  passedInputs: ReadonlyMap<string, string>;
  /** Input ports left without a wire although one is drawn: what feeds them is muted, or leads to nothing. By flat port. */
  silenced: ReadonlyMap<string, Silence>;
  diagnostics: readonly Diagnostic[];
}
