/** Third pass of flattening: where the ports of nodes that do not compute get their values, and which wires lead to ports that are not there. */
import type { NodeRegistry } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { wireText, type WireEnds } from "../document/endpoint.ts";
import { isPassThrough } from "./bypass.ts";
import { disconnectFix } from "./cycle-diagnostics.ts";
import { wiresByPort, type Scope } from "./scopes.ts";
import { arrivalsAt, type Budget, type Resolution } from "./sources.ts";

export interface Aliases {
  outputs: Map<string, string>;
  inputs: Map<string, string>;
  /** Inputs that have no type of their own: that of what arrives is theirs. */
  passed: Map<string, string>;
}

type Resolve = (scope: Scope, node: string, port: string) => Resolution;

export function addAliases(scope: Scope, resolve: Resolve, registry: NodeRegistry, aliases: Aliases, budget: Budget, diagnostics: Diagnostic[]): void {
  for (const node of scope.nodes.values()) {
    const id = scope.prefix + node.id;
    const alias = (port: string): void => {
      const source = flatSource(resolve(scope, node.id, port));
      if (source !== null) aliases.outputs.set(`${id}.${port}`, source);
    };
    const pass = (port: string): void => {
      const [first] = arrivalsAt(scope, node.id, port, budget);
      const source = first ? flatSource(resolve(first.scope, first.node, first.port)) : null;
      if (source !== null) aliases.passed.set(`${id}.${port}`, source);
    };
    const child = scope.children.get(node.id);
    const declaration = registry.get(node.type);
    if (child) {
      for (const port of child.outputs.keys()) alias(port);
      const ports = new Map(child.body.interface.inputs.filter((e) => e.port !== undefined).map((e) => [e.name, e]));
      for (const [name, entry] of ports) {
        aliases.inputs.set(`${id}.${name}`, `${child.prefix}${entry.node}.${entry.port}`);
        const inner = child.nodes.get(entry.node);
        if (inner && isPassThrough(inner, registry)) pass(name);
      }
      for (const [port, wires] of wiresByPort(scope, node.id)) if (!ports.has(port)) for (const ends of wires) diagnostics.push(unknownInput(scope, ends, `The subgraph “${node.id}”`));
    } else if (declaration?.passThrough) {
      for (const port of declaration.outputs) alias(port.name);
      for (const port of declaration.inputs) pass(port.name);
      for (const [port, wires] of wiresByPort(scope, node.id)) {
        const known = declaration.inputs.some((input) => input.name === port);
        for (const [i, ends] of wires.entries()) if (!known || i > 0) diagnostics.push(known ? tooMany(scope, ends) : unknownInput(scope, ends, declaration.title));
      }
    } else if (node.muted) {
      for (const port of declaration?.outputs ?? []) alias(port.name);
    }
  }
}

const flatSource = ({ source }: Resolution): string | null => source && `${source.scope.prefix}${source.node}.${source.port}`;

const unknownInput = (scope: Scope, ends: WireEnds, owner: string): Diagnostic => onWire(scope, ends, "unknown-port", `${owner} has no input “${ends.to.port}”.`);

const tooMany = (scope: Scope, ends: WireEnds): Diagnostic => onWire(scope, ends, "too-many-wires", `“${ends.to.port}” takes one wire, and another one is already there.`);

function onWire(scope: Scope, { wire, to }: WireEnds, code: string, message: string): Diagnostic {
  const drawn = wireText(wire, scope.prefix);
  const fix = disconnectFix(drawn);
  return { code, severity: "error", message, node: scope.prefix + to.node, port: to.port, wire: drawn, ...(fix ? { fix } : {}) };
}
