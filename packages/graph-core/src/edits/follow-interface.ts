/** When ports or parameters of a subgraph go away, so does what used them in the graphs around it. */
import { splitEndpoint } from "../document/endpoint.ts";
import type { Json } from "../document/document.ts";
import type { Scope } from "./change.ts";
import { findNode, plain, type BodyDraft } from "./edit-context.ts";

export interface InterfaceNames {
  ports: Set<string>;
  params: Set<string>;
  outputs: Set<string>;
}

export const interfaceNames = (body: BodyDraft): InterfaceNames => ({
  ports: new Set(body.interface.inputs.filter((entry) => entry.port !== undefined).map((entry) => entry.name)),
  params: new Set(body.interface.inputs.filter((entry) => entry.param !== undefined).map((entry) => entry.name)),
  outputs: new Set(body.interface.outputs.map((entry) => entry.name)),
});

/** `bodies` from the top to the edited graph, `before` their interface names before the edit. */
export function followInterface(bodies: readonly BodyDraft[], scope: Scope, before: readonly InterfaceNames[]): void {
  for (let level = bodies.length - 1; level > 0; level--) {
    const now = interfaceNames(bodies[level]!);
    const gone = {
      ports: minus(before[level]!.ports, now.ports),
      params: minus(before[level]!.params, now.params),
      outputs: minus(before[level]!.outputs, now.outputs),
    };
    if (gone.ports.size + gone.params.size + gone.outputs.size === 0) return;
    forget(bodies[level - 1]!, scope[level - 1]!, gone);
  }
}

const minus = (all: ReadonlySet<string>, without: ReadonlySet<string>): Set<string> => new Set([...all].filter((name) => !without.has(name)));

function forget(body: BodyDraft, id: string, gone: InterfaceNames): void {
  const leads = (end: string, names: ReadonlySet<string>): boolean => {
    const { node, port } = splitEndpoint(end);
    return node === id && names.has(port);
  };
  body.wires = plain(body.wires).filter((wire) => !leads(wire.to, gone.ports) && !leads(wire.from, gone.outputs));
  const { inputs, outputs } = body.interface;
  body.interface.inputs = inputs.filter((e) => e.node !== id || !(e.port !== undefined ? gone.ports.has(e.port) : gone.params.has(e.param ?? "")));
  body.interface.outputs = outputs.filter((e) => e.node !== id || !gone.outputs.has(e.port));
  const params = findNode(body, id)!.params as { [name: string]: Json };
  for (const name of gone.params) delete params[name];
}
