/** One number for what each node's values depend on: its type and parameters and those of all before it. Positions, titles and comments do not count. */
import type { FlatGraph } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";

type Flat = FlatGraph<RunnableNode>;
export type Signatures = ReadonlyMap<string, number>;

const known = new WeakMap<Flat, Signatures>();
const ofParams = new WeakMap<object, number>();

/** By flat node id. Equal numbers, equal values; made once for each flat graph. */
export function nodeSignatures(flat: Flat): Signatures {
  let made = known.get(flat);
  if (!made) known.set(flat, (made = computed(flat)));
  return made;
}

/** Of a whole graph. */
export function graphSignature(flat: Flat): number {
  let sum = 0;
  for (const [id, signature] of nodeSignatures(flat)) sum = (sum + hash(`${id} ${signature}`)) % Number.MAX_SAFE_INTEGER;
  return sum;
}

function computed(flat: Flat): Signatures {
  const signatures = new Map<string, number>();
  const sign = (id: string): void => {
    const node = flat.byId.get(id)!;
    let text = `${node.type} ${node.version} ${signatureOfParams(node.params)}`;
    for (const w of flat.incoming.get(id) ?? []) text += `|${w.toPort} ${signatures.get(w.fromNode) ?? ""} ${w.fromPort}`;
    signatures.set(id, hash(text));
  };
  for (const id of flat.order) sign(id);
  for (const { id } of flat.nodes) if (!signatures.has(id)) sign(id);
  // Between a variable and its loss, nodes show what they give for the painted picture: they change with all that the optimiser depends on.
  for (const [optimiser, moving] of movingNodes(flat)) for (const id of moving) signatures.set(id, hash(`${signatures.get(id)} ${signatures.get(optimiser)}`));
  return signatures;
}

function movingNodes(flat: Flat): [optimiser: string, moving: string[]][] {
  const optimisers = flat.nodes.filter((n) => n.declaration?.role === "optimiser");
  if (!optimisers.length) return [];
  const after = new Set<string>();
  for (const id of flat.order) if (flat.byId.get(id)!.declaration?.role === "variable" || (flat.incoming.get(id) ?? []).some((w) => after.has(w.fromNode) && flat.byId.get(w.fromNode)!.declaration?.role !== "optimiser")) after.add(id);
  return optimisers.map(({ id }) => {
    const before = new Set<string>();
    const work = (flat.incoming.get(id) ?? []).filter((w) => w.toPort === "loss").map((w) => w.fromNode);
    while (work.length) {
      const one = work.pop()!;
      if (before.has(one)) continue;
      before.add(one);
      for (const w of flat.incoming.get(one) ?? []) work.push(w.fromNode);
    }
    return [id, [...before].filter((one) => after.has(one))];
  });
}

function signatureOfParams(params: object): number {
  let made = ofParams.get(params);
  if (made === undefined) ofParams.set(params, (made = hash(JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))))));
  return made;
}

/** 53 bits from two multiplicative hashes that mix each other at the end. */
function hash(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
