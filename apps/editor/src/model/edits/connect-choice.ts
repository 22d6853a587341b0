/** Adds the node that was chosen for a wire dropped on empty canvas, connected by the port that fits. */
import type { Change, GraphDocument, Inference, NodeRegistry, Position, Scope } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import type { PaletteRequest } from "../ui-state.ts";
import { newNode, type Made } from "./add-node.ts";
import { graphPlace } from "./graph-place.ts";
import { bestInput, bestOutput } from "./port-fit.ts";

/** How far below a node's top its first port is: a node added at the end of a wire has its port there. */
const FIRST_PORT = 50;

/** `port`: of the new node; by default the one that fits best. Without a fitting port the node is added unconnected. `width`: of the new node, to put its right edge at the wire's end. */
export function connectChoice(
  document: GraphDocument, scope: Scope, registry: NodeRegistry<RunnableNode>, inference: Pick<Inference, "types">,
  declaration: RunnableNode, request: Pick<PaletteRequest, "at" | "wire">, options: { port?: string | undefined; width?: number } = {},
): Made {
  const { body } = graphPlace(document, scope, registry, inference);
  const { at, wire } = request;
  if (!wire) {
    const node = newNode(body, declaration, at);
    return { changes: [{ kind: "add-node", node }], id: node.id };
  }
  const forward = wire.side === "output";
  const port = options.port ?? (forward ? bestInput(declaration.inputs, wire.type) : bestOutput(declaration.outputs, wire.type))?.port.name;
  const corner: Position = { x: at.x - (forward ? 0 : (options.width ?? 248)), y: at.y - FIRST_PORT };
  const node = newNode(body, declaration, corner);
  const changes: Change[] = [{ kind: "add-node", node }];
  const end = `${wire.end.node}.${wire.end.port}`;
  if (port !== undefined) changes.push({ kind: "connect", wire: forward ? { from: end, to: `${node.id}.${port}` } : { from: `${node.id}.${port}`, to: end } });
  return { changes, id: node.id };
}
