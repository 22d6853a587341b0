/** What each trainer would train, and with what: trainable weights upstream of its loss, and one feed that gives the batches. */
import type { Json } from "../document/document.ts";
import type { ParamSpec } from "../declaration/param.ts";
import { paramValues } from "../declaration/param-values.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { Change } from "../edits/change.ts";
import type { FlatGraph, FlatNode } from "../flat/flat-graph.ts";

export interface TrainingCheck {
  diagnostics: readonly Diagnostic[];
  /** By trainer: the one feed upstream of what it traces. */
  fed: ReadonlyMap<string, string>;
}

const NONE: TrainingCheck = { diagnostics: [], fed: new Map() };

/** Unlike the graph's structure this depends on parameters: those that make weights trainable. */
export function checkTraining(flat: FlatGraph): TrainingCheck {
  const trainers = flat.nodes.filter((node) => node.declaration?.role === "trainer");
  if (!trainers.length) return NONE;
  const diagnostics: Diagnostic[] = [];
  const fed = new Map<string, string>();
  for (const trainer of trainers) {
    const wires = (flat.incoming.get(trainer.id) ?? []).filter((w) => trainer.declaration!.inputs.some((p) => p.name === w.toPort && p.traced));
    const loss = wires.find((w) => w.toPort === "loss");
    if (!loss) continue;
    const behind = upstream(flat, [loss.fromNode]);
    const feeds = feedsIn(upstream(flat, wires.map((w) => w.fromNode)));
    const { title } = trainer.declaration!;
    const place = { severity: "error" as const, node: trainer.id, port: "loss", wire: loss.drawn };
    const known = behind.every((node) => node.declaration);
    if (feeds.length === 1) fed.set(trainer.id, feeds[0]!.id);
    if (feeds.length > 1)
      diagnostics.push({ ...place, code: "two-feeds", message: `${title} is fed by one source of batches, and ${feeds.map((f) => `“${f.id}”`).slice(0, 3).join(" and ")} lie upstream of it. Keep one of them.` });
    if (!feeds.length && known)
      diagnostics.push({ ...place, code: "no-feed", message: `${title} has nothing to learn from: no source of batches, such as Batches, lies upstream of its loss.` });
    if (known && !behind.some(isTrained)) diagnostics.push({ ...place, code: "nothing-trainable", ...advice(title, behind) });
  }
  return { diagnostics, fed };
}

/** All nodes before these, these included. What comes out of trainers and optimisers is a result, and what lies before a feed is data. */
function upstream(flat: FlatGraph, from: readonly string[]): FlatNode[] {
  const found = new Map<string, FlatNode>();
  const work = [...from];
  while (work.length) {
    const id = work.pop()!;
    const node = flat.byId.get(id);
    if (!node || found.has(id)) continue;
    found.set(id, node);
    const role = node.declaration?.role;
    if (role === "feed" || role === "trainer" || role === "optimiser") continue;
    for (const w of flat.incoming.get(id) ?? []) work.push(w.fromNode);
  }
  return [...found.values()];
}

const feedsIn = (nodes: readonly FlatNode[]): FlatNode[] => nodes.filter((node) => node.declaration?.role === "feed");

/** The value of a parameter that makes a node's weights trainable: of a layer's switch, or of a count of layers. */
const TRAINING: readonly { readonly param: string; readonly kind: ParamSpec["kind"]; readonly value: Json }[] = [{ param: "trainable", kind: "boolean", value: true }, { param: "trainableLayers", kind: "number", value: 1 }];

const isTrained = ({ declaration, params }: FlatNode): boolean => Boolean(declaration?.trainable?.(paramValues({ params }, declaration)));

/** Names what could be trained, and offers to make it so. */
function advice(title: string, behind: readonly FlatNode[]): Pick<Diagnostic, "message" | "fix"> {
  const willing = behind.flatMap((n) => {
    const change = n.declaration?.trainable && TRAINING.find((t) => n.declaration!.params.some((p) => p.name === t.param && p.kind === t.kind));
    return change && !n.overridden?.has(change.param) ? [{ id: n.id, ...change }] : [];
  });
  if (!willing.length) return { message: `${title} has no weights to train: no layer with weights, such as Conv2D or Dense, lies upstream of its loss.` };
  const changes = willing.map(({ id, param, value }): Change => {
    const path = id.split("/");
    const node = path.pop()!;
    return { kind: "set-param", node, param, value, ...(path.length ? { scope: path } : {}) };
  });
  const named = willing.slice(0, 3).map((n) => `“${n.id}”`).join(", ");
  return {
    message: `${title} has no weights to train: ${named}${willing.length > 3 ? " and others" : ""} could learn, but none is set to be trainable.`,
    fix: { title: willing.length > 1 ? "Make them trainable" : "Make it trainable", changes },
  };
}
