/** Arbitrary valid documents, nested ones among them, for property tests of the file format and the hashes. */
import * as fc from "fast-check";
import type { GraphBody, GraphComment, GraphDocument, GraphNode, GraphWire, Json, Position } from "../document/document.ts";
import { emptyGraph, isId } from "../document/endpoint.ts";

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,8}$/).filter(isId);
const port = fc.stringMatching(/^[a-z]{1,6}$/);
const finite = fc.double({ noDefaultInfinity: true, noNaN: true }).map((n) => n + 0 || 0);
const position: fc.Arbitrary<Position> = fc.record({ x: finite, y: finite });
const key = fc.string().filter((text) => !["__proto__", "constructor", "prototype"].includes(text));
const json: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    finite,
    fc.string(),
    fc.array(finite, { maxLength: 30 }),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  ),
})).any;

const node = (inside: fc.Arbitrary<GraphBody> | null): fc.Arbitrary<Omit<GraphNode, "id">> =>
  fc.record(
    {
      type: inside ? fc.constantFrom("Conv", "Image", "Subgraph", "Ünknown") : fc.constantFrom("Conv", "Image", "Ünknown"),
      version: fc.integer({ min: 1, max: 9 }),
      params: fc.dictionary(key, json, { maxKeys: 4 }),
      position,
      title: fc.string(),
      comment: fc.string(),
      collapsed: fc.boolean(),
      muted: fc.boolean(),
      ...(inside ? { graph: inside } : {}),
    },
    { requiredKeys: ["type", "version", "params", "position"] },
  );

const comment: fc.Arbitrary<Omit<GraphComment, "id">> = fc.record(
  { text: fc.string(), position, size: fc.record({ width: finite, height: finite }), color: fc.string(), nodes: fc.array(id) },
  { requiredKeys: ["text", "position"] },
);

function body(depth: number): fc.Arbitrary<GraphBody> {
  const nodes = fc.array(fc.tuple(id, node(depth > 0 ? body(depth - 1) : null)), { maxLength: depth > 0 ? 6 : 3 });
  return nodes
    .map((pairs) => [...new Map(pairs)].map(([name, rest]): GraphNode => ({ id: name, ...rest })))
    .chain((list) => {
      const ids = list.map((n) => n.id);
      const end = ids.length ? fc.tuple(fc.constantFrom(...ids), port).map(([n, p]) => `${n}.${p}`) : null;
      const wires = end ? fc.uniqueArray(fc.record({ from: end, to: end }), { selector: (w) => `${w.from} ${w.to}`, maxLength: 8 }) : fc.constant<GraphWire[]>([]);
      const input = ids.length ? fc.record({ name: port, node: fc.constantFrom(...ids), port, doc: fc.string() }, { requiredKeys: ["name", "node", "port"] }) : null;
      const inputs = input ? fc.uniqueArray(input, { selector: (e) => e.name, maxLength: 3 }) : fc.constant([]);
      const comments = fc.uniqueArray(fc.tuple(id, comment), { selector: ([name]) => name, minLength: 1, maxLength: 3 });
      return fc.record(
        {
          nodes: fc.constant<readonly GraphNode[]>(list),
          wires,
          interface: fc.tuple(inputs, inputs).map(([a, b]) => ({ inputs: a, outputs: b })),
          comments: comments.map((pairs) => pairs.map(([name, rest]): GraphComment => ({ id: name, ...rest }))),
        },
        { requiredKeys: ["nodes", "wires", "interface"] },
      );
    });
}

export const arbitraryJson = json;
export const arbitraryGraph: fc.Arbitrary<GraphDocument> = fc
  .tuple(body(2), fc.record({ title: fc.string(), description: fc.string() }, { requiredKeys: [] }))
  .map(([content, more]) => ({ ...emptyGraph(), ...more, ...content }));
