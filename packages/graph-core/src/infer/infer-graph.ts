/** Shape inference over a whole graph, and over what an edit of it changes. */
import type { Facts, NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { GraphDocument } from "../document/document.ts";
import type { FlatGraph, FlatWire } from "../flat/flat-graph.ts";
import { flattenGraph } from "../flat/flatten-graph.ts";
import { patchFlat } from "../flat/patch-flat.ts";
import { refreshFlat } from "../flat/refresh-flat.ts";
import type { PortType } from "../types/port-type.ts";
import { TypesByKey } from "./types-by-key.ts";
import { answerNode, arrivingOn, stillHolds, type Memo } from "./memo.ts";
import { openPorts, type OpenPorts } from "./open-ports.ts";
import { checkStructure } from "./check-structure.ts";
import { checkTraining, type TrainingCheck } from "./check-training.ts";

export interface Inference<D extends NodeDeclaration = NodeDeclaration> {
  /** By `node.port`: all output ports whose type is known, and connected input ports after conversion. An output hides an input of its name. */
  types: ReadonlyMap<string, PortType>;
  /** By `node.port`, connected input ports alone. */
  inputTypes: ReadonlyMap<string, PortType>;
  diagnostics: readonly Diagnostic[];
  /** Ids of the nodes that can run, sources first. */
  order: readonly string[];
  flat: FlatGraph<D>;
}

/** Types and all diagnostics of a graph, before anything executes. */
export function inferGraph<D extends NodeDeclaration>(document: GraphDocument, registry: NodeRegistry<D>, options: { facts?: Facts; given?: GivenTypes } = {}): Inference<D> {
  return createInference(registry).update(document, options.facts, options.given);
}

/** Types of values that a run feeds to ports in the place of wires, by flat node id and port. */
export type GivenTypes = ReadonlyMap<string, ReadonlyMap<string, PortType>>;

const NO_FACTS: Facts = {};
const NO_WIRES: readonly FlatWire[] = [];

/** What is known of the graph's structure; the same for as long as only parameters and positions change. */
interface Structure<D extends NodeDeclaration> {
  document: GraphDocument;
  flat: FlatGraph<D>;
  diagnostics: readonly Diagnostic[];
  /** By optimiser: its variable. */
  optimised: ReadonlyMap<string, string>;
  open: OpenPorts;
}

/**
 * Remembers the last graph and infers again only what an edit affects: nodes whose parameters or arriving types changed.
 * Its answers are those of `inferGraph` on the same document.
 */
export function createInference<D extends NodeDeclaration>(registry: NodeRegistry<D>): { update(document: GraphDocument, facts?: Facts, given?: GivenTypes): Inference<D> } {
  let memos = new Map<string, Memo>();
  let structure: Structure<D> | undefined;
  let lastFacts: Facts = NO_FACTS;
  let lastGiven: GivenTypes | undefined;

  return {
    update(document, facts = NO_FACTS, given) {
      structure = structureOf(document, registry, structure);
      const { flat, open, optimised } = structure;
      // A type rule may have read any fact.
      if (!sameFacts(facts, lastFacts) || given !== lastGiven) memos = new Map();
      lastFacts = facts;
      lastGiven = given;
      const next = new Map<string, Memo>();
      const training = checkTraining(flat);
      const visit = (id: string): void => {
        const node = flat.byId.get(id)!;
        const wires = flat.incoming.get(id) ?? NO_WIRES;
        const before = memos.get(id);
        const variable = firstOutput(optimised.get(id), flat, next);
        const fed = firstOutput(training.fed.get(id), flat, next);
        if (before && before.question.variable === variable && before.question.fed === fed && stillHolds(before, node, wires, open.get(id), next)) next.set(id, before);
        else next.set(id, answerNode({ node, wires, arriving: wires.map((wire) => arrivingOn(wire, next)), variable, fed, open: open.get(id), given: given?.get(id), facts }, registry, before));
      };
      for (const id of flat.order) visit(id);
      // Nodes on a cycle or behind one: their parameters, and what is known of their wires, are checked all the same.
      if (flat.order.length < flat.nodes.length) for (const node of flat.nodes) if (!next.has(node.id)) visit(node.id);
      memos = next;
      return collect(structure, training, next);
    },
  };
}

/** What an optimiser's variable or a trainer's feed gives, once its node has answered: the type of its first output. */
function firstOutput(id: string | undefined, flat: FlatGraph, answers: ReadonlyMap<string, Memo>): PortType | undefined {
  const port = id === undefined ? undefined : flat.byId.get(id)?.declaration?.outputs[0]?.name;
  return port === undefined ? undefined : answers.get(id!)?.outputs.get(port);
}

function sameFacts(a: Facts, b: Facts): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function structureOf<D extends NodeDeclaration>(document: GraphDocument, registry: NodeRegistry<D>, last: Structure<D> | undefined): Structure<D> {
  const refreshed = last && refreshFlat(last.flat, last.document, document);
  if (refreshed) return { ...last, document, flat: refreshed };
  const flat = (last && patchFlat(last.flat, last.document, document, registry)) ?? flattenGraph(document, registry);
  const { diagnostics, optimised } = checkStructure(flat);
  return { document, flat, diagnostics: [...flat.diagnostics, ...diagnostics], optimised, open: openPorts(flat) };
}

function collect<D extends NodeDeclaration>(structure: Structure<D>, training: TrainingCheck, memos: ReadonlyMap<string, Memo>): Inference<D> {
  const { flat } = structure;
  const diagnostics: Diagnostic[] = [...structure.diagnostics, ...training.diagnostics];
  for (const node of flat.nodes) for (const diagnostic of memos.get(node.id)!.diagnostics) diagnostics.push(diagnostic);
  return { types: new TypesByKey(flat, memos, true), inputTypes: new TypesByKey(flat, memos, false), diagnostics, order: flat.order, flat };
}
