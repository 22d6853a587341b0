/** Nodes and wires that one edit adds to a graph. */
import type { Change, GraphBody, GraphNode, GraphWire, Json, NodeDeclaration, Position } from "@patchbay/graph-core";
import { newNode } from "../../model/edits/add-node.ts";

export type Params = { readonly [name: string]: Json };

export const usual = (declaration: NodeDeclaration, name: string): Json | undefined => declaration.params.find((p) => p.name === name)?.default as Json | undefined;

/** As graphs are saved: what is as usual is not said. */
export const sameParam = (declaration: NodeDeclaration, name: string, a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a ?? usual(declaration, name)) === JSON.stringify(b ?? usual(declaration, name));

export class Adding {
  readonly nodes: GraphNode[] = [];
  readonly wires: GraphWire[] = [];
  readonly #body: GraphBody;

  constructor(body: GraphBody) {
    this.#body = body;
  }

  /** Gives the new node's id. */
  node(declaration: NodeDeclaration, at: Position, params: Params, title?: string): string {
    const said = Object.fromEntries(Object.entries(params).filter(([name, value]) => !sameParam(declaration, name, value, undefined)));
    const node = { ...newNode({ nodes: [...this.#body.nodes, ...this.nodes] }, declaration, at, said), ...(title === undefined ? {} : { title }) };
    this.nodes.push(node);
    return node.id;
  }

  wire(from: string, to: string): void {
    this.wires.push({ from, to });
  }

  changes(): Change[] {
    return [...this.nodes.map((node): Change => ({ kind: "add-node", node })), ...this.wires.map((wire): Change => ({ kind: "connect", wire }))];
  }
}
