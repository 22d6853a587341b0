/** A network as a file's graph of operators with a rule for each: what ONNX files and TensorFlow.js graphs have in common. */
import type { Builder, Value } from "../ir/builder.ts";
import { sizeOf, type TensorData } from "../ir/tensor.ts";
import { IrTypeError } from "../ir/type-rules.ts";
import { NodeFailure } from "../node-api/host.ts";
import { AttributeError } from "./attributes.ts";
import { damaged, tooLarge, unfit, unsupported } from "./failures.ts";
import { foldNode } from "./fold.ts";
import { carrierOf, fromTensorData, toTensorData, type Elem, type Known } from "./known.ts";
import { describeLayers, type LayerRule, type NamedLayer } from "./layers.ts";
import { NetworkValueNeeded, type NetworkLayer, type NetworkPort, type NetworkSource } from "./network-source.ts";
import { elemOf, Item, OpCall, RuleError, RuleRefusal, type Branch, type GraphNode, type Rule, type Written } from "./rule.ts";

/** What an operator of a format means. */
export interface Operator {
  readonly rule: Rule;
  /** How it is shown among the layers; null where it is not worth looking at. */
  readonly layer: LayerRule | null;
  /** Inputs that are trained when they are constants. */
  readonly weights?: readonly number[];
}

export interface NetworkGraph {
  /** The file, for sentences. */
  readonly file: string;
  readonly inputs: readonly NetworkPort[];
  readonly outputs: readonly NetworkPort[];
  /** Values of the outputs where their names differ. */
  readonly outputValues?: ReadonlyMap<string, string>;
  readonly constants: ReadonlyMap<string, Known>;
  /** In an order in which they can run. */
  readonly nodes: readonly GraphNode[];
  readonly operators: ReadonlyMap<string, Operator>;
  readonly opaque: string | null;
  readonly unsafe: string | null;
  /** Every operator of the format works channels last. */
  readonly channelsLast?: true;
  /** Attributes that may be there without changing what is computed; where given, any other that a rule did not read is refused. */
  readonly harmless?: ReadonlySet<string>;
}

/** Elements of any value: 1 GiB of float32. */
const MOST_ELEMENTS = 2 ** 28;
/** Elements of all constants together, the file's own among them: 2 GiB of float32. */
const MOST_CONSTANTS = 2 ** 29;
/** Multiplications of one convolution, product or pool: a hundred times the largest layer of any published classifier. */
const MOST_WORK = 1e13;

/** What one writing has used up. */
interface Spent {
  constants: number;
}

export class GraphNetwork implements NetworkSource {
  readonly inputs: readonly NetworkPort[];
  readonly outputs: readonly NetworkPort[];
  readonly layers: readonly NetworkLayer[];
  readonly weights: ReadonlyMap<string, TensorData>;
  readonly opaque: string | null;
  readonly unsafe: string | null;
  readonly #graph: NetworkGraph;
  readonly #producers = new Map<string, GraphNode>();
  readonly #valueOf = new Map<string, string>();

  constructor(graph: NetworkGraph) {
    this.#graph = graph;
    this.inputs = graph.inputs;
    this.outputs = graph.outputs;
    this.opaque = graph.opaque;
    this.unsafe = graph.unsafe;
    const inputs = new Set(graph.inputs.map((i) => i.name));
    const defined = new Set([...inputs, ...graph.constants.keys()]);
    for (const node of graph.nodes) {
      for (const input of node.inputs) if (input && !defined.has(input) && !graph.opaque) throw damaged(graph.file, `The node ${label(node)} reads the value “${input}”, which nothing before it computes.`);
      for (const output of node.outputs) {
        if (!output) continue;
        if (this.#producers.has(output) || inputs.has(output)) throw damaged(graph.file, `The value “${output}” is computed twice.`);
        this.#producers.set(output, node);
        defined.add(output);
      }
    }
    for (const { name } of graph.outputs) {
      const value = graph.outputValues?.get(name) ?? name;
      if (!defined.has(value) && !graph.opaque) throw damaged(graph.file, `Nothing computes its output “${name}”.`);
      this.#valueOf.set(name, value);
    }
    const named: readonly NamedLayer[] = graph.opaque ? [] : describeLayers(graph);
    this.layers = named.map(({ layer }) => layer);
    for (const { layer, value } of named) if (!this.#valueOf.has(layer.name)) this.#valueOf.set(layer.name, value);
    this.weights = graph.opaque ? new Map() : this.#findWeights();
  }

  build(b: Builder, inputs: { readonly [name: string]: Value }, wanted: readonly string[], weight?: (name: string, data: TensorData) => Value): Map<string, Value> {
    const { file, opaque } = this.#graph;
    if (opaque) throw unsupported(opaque);
    const values = new Map(wanted.map((name) => [name, this.#valueOf.get(name) ?? this.#unknown(name)]));
    const items = this.#given(b, inputs, weight);
    const spent = { constants: 0 };
    for (const node of this.#needed([...values.values()])) {
      const given = node.inputs.map((name) => (name ? items.get(name) ?? missing(file, name) : undefined));
      const written = this.#write(b, node, given, items, spent);
      node.outputs.forEach((name, i) => {
        if (!name) return;
        const item = written[i];
        if (item) items.set(name, item);
      });
    }
    return new Map([...values].map(([name, value]) => {
      const item = items.get(value);
      if (!item) throw unsupported(`${file}: its value “${value}” is an output of an operator that cannot be computed here.`);
      return [name, item.value(b)];
    }));
  }

  #given(b: Builder, inputs: { readonly [name: string]: Value }, weight?: (name: string, data: TensorData) => Value): Map<string, Item> {
    const { file } = this.#graph;
    const items = new Map<string, Item>();
    for (const [name, known] of this.#graph.constants) {
      const data = weight && this.weights.get(name);
      items.set(name, data ? new Item("float32", { value: weight(name, data) }) : new Item(known.elem, { known }));
    }
    for (const port of this.inputs) {
      const value = inputs[port.name];
      if (!value) continue;
      const elem = port.dtype as Elem;
      if (value.dtype !== carrierOf(elem)) throw unfit(`${file}: its input “${port.name}” is ${port.dtype}, and ${value.dtype} was given.`);
      if (value.shape.length !== port.shape.length && port.shape.length) throw unfit(`${file}: its input “${port.name}” has ${port.shape.length} axes, and a tensor of shape [${value.shape}] was given.`);
      if (port.shape.some((d, i) => d !== null && d !== value.shape[i])) throw unfit(`${file}: its input “${port.name}” has the shape [${port.shape.map((d) => d ?? "?")}], and [${value.shape}] was given.`);
      const definition = b.definition(value);
      items.set(port.name, definition?.op === "constant" ? new Item(elem, { known: fromTensorData(definition.attrs.tensor, elem) }) : new Item(elem, { value }));
    }
    return items;
  }

  /** The nodes on which `values` depend, in order. */
  #needed(values: readonly string[]): readonly GraphNode[] {
    const wanted = new Set(values);
    const nodes: GraphNode[] = [];
    for (let i = this.#graph.nodes.length - 1; i >= 0; i--) {
      const node = this.#graph.nodes[i]!;
      if (!node.outputs.some((o) => wanted.has(o))) continue;
      for (const input of node.inputs) wanted.add(input);
      nodes.push({ ...node, outputs: node.outputs.map((o) => (wanted.has(o) ? o : "")) });
    }
    return nodes.reverse();
  }

  #write(b: Builder, node: GraphNode, given: readonly (Item | undefined)[], items: ReadonlyMap<string, Item>, spent: Spent): readonly Item[] {
    const { file, operators } = this.#graph;
    if (node.branches) return this.#writeBranch(b, node, node.branches, given, items, spent);
    const { rule } = operators.get(node.op)!;
    const from = b.equations.length;
    const need = (name: string) => this.#valueNeeded(name, node, items);
    try {
      if (given.every((item) => !item || item.known)) {
        const folded = foldNode(rule, node, given, need);
        if (folded) return this.#checkAttributes(node, folded);
      }
      const written = ([rule(new OpCall(b, node, given, need))].flat() as Written[]).map((w) => asItem(w, given));
      this.#checkSizes(b, from, node, spent);
      return this.#checkAttributes(node, written);
    } catch (error) {
      if (error instanceof NodeFailure) throw error;
      if (error instanceof RuleRefusal) throw unsupported(`${file}: ${label(node)} cannot be computed here: ${error.message}.`);
      if (error instanceof AttributeError) throw damaged(file, `In ${label(node)}, ${error.message}.`);
      if (error instanceof RuleError || error instanceof IrTypeError || error instanceof RangeError) throw unfit(`${file}: ${label(node)} does not fit its inputs ${given.map((i) => (i ? `[${i.shape}]` : "none")).join(", ")}: ${error.message}.`);
      throw error;
    }
  }

  /** The branch that shapes decide on. */
  #writeBranch(b: Builder, node: GraphNode, branches: readonly [Branch, Branch], given: readonly (Item | undefined)[], items: ReadonlyMap<string, Item>, spent: Spent): readonly Item[] {
    const condition = given[0]?.known;
    if (!condition) throw this.#valueNeeded(node.inputs[0] ?? "", node, items);
    const branch = branches[condition.data[0] ? 0 : 1];
    const local = new Map(items);
    for (const [name, known] of branch.constants) local.set(name, new Item(known.elem, { known }));
    for (const inner of branch.nodes) {
      const inputs = inner.inputs.map((name) => (name ? local.get(name) ?? missing(this.#graph.file, name) : undefined));
      const written = this.#write(b, inner, inputs, local, spent);
      inner.outputs.forEach((name, i) => {
        if (name && written[i]) local.set(name, written[i]);
      });
    }
    return branch.outputs.map((name) => local.get(name) ?? missing(this.#graph.file, name));
  }

  /** What an attribute unknown to the rule would change must not be left out in silence. */
  #checkAttributes<T>(node: GraphNode, written: T): T {
    const { file, harmless } = this.#graph;
    const unknown = harmless && node.attributes.unread.find((name) => !harmless.has(name));
    if (unknown !== undefined) throw unsupported(`${file}: ${label(node)} cannot be computed here: its attribute ${unknown} is not known.`);
    return written;
  }

  #checkSizes(b: Builder, from: number, node: GraphNode, spent: Spent): void {
    for (let i = from; i < b.equations.length; i++) {
      const e = b.equations[i]!;
      const shape = b.value(e.outputs[0]!).shape;
      const size = sizeOf(shape);
      if (!(size <= MOST_ELEMENTS)) throw tooLarge(`${this.#graph.file}: ${label(node)} would make a tensor of shape [${shape}], which is more than the ${MOST_ELEMENTS} numbers that are allowed.`);
      if (shape.some((d) => !Number.isSafeInteger(d) || d < 0)) throw unfit(`${this.#graph.file}: ${label(node)} would make a tensor of shape [${shape}].`);
      if (e.op === "constant" && (spent.constants += size) > MOST_CONSTANTS) throw tooLarge(`${this.#graph.file}: ${label(node)} brings the constants to more than the ${MOST_CONSTANTS} numbers that are allowed.`);
      const terms = e.op === "maxPool" || e.op === "avgPool" ? sizeOf(e.attrs.kernel)
        : e.op === "conv" || e.op === "convTranspose" ? sizeOf(b.value(e.inputs[1]!).shape.slice(1))
        : e.op === "matmul" ? b.value(e.inputs[0]!).shape.at(e.attrs.transposeA ? -2 : -1)! : 1;
      if (size * terms > MOST_WORK) throw tooLarge(`${this.#graph.file}: ${label(node)} would take ${(size * terms).toExponential(0)} multiplications, which is more than any network needs.`);
    }
  }

  /** The failure that names the network's input whose value must be known for `value` to be. */
  #valueNeeded(value: string, node: GraphNode, items: ReadonlyMap<string, Item>): NodeFailure {
    const seen = new Set<string>();
    const open = [value];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      if (items.get(name)?.known) continue;
      const producer = this.#producers.get(name);
      if (producer) open.push(...producer.inputs.filter(Boolean));
      else if (this.inputs.some((i) => i.name === name))
        return new NetworkValueNeeded(name, `${this.#graph.file}: the shapes of ${label(node)} depend on the value of the input “${name}”, which is only known when the network runs.`);
    }
    return unsupported(`${this.#graph.file}: the shapes of ${label(node)} depend on the computed value “${value}”.`);
  }

  /** Float constants that reach an operator's weights, straight or through operators that only move numbers. */
  #findWeights(): Map<string, TensorData> {
    const { nodes, constants, operators } = this.#graph;
    const found = new Map<string, TensorData>();
    const follow = (name: string, depth: number): void => {
      const known = constants.get(name);
      if (known && carrierOf(known.elem) === "float32") found.set(name, toTensorData(known));
      const producer = this.#producers.get(name);
      if (producer && depth < 8 && CARRIERS.has(producer.op)) follow(producer.inputs[0] ?? "", depth + 1);
    };
    for (const node of nodes) for (const i of operators.get(node.op)?.weights ?? []) if (node.inputs[i]) follow(node.inputs[i], 0);
    return new Map([...constants.keys()].flatMap((name) => (found.has(name) ? [[name, found.get(name)!] as const] : [])));
  }

  #unknown(name: string): never {
    const names = [...this.layers.map((l) => l.name), ...this.outputs.map((o) => o.name)].filter((n, i, all) => all.indexOf(n) === i);
    throw unfit(`${this.#graph.file} has no layer and no output “${name}”. It has ${names.slice(0, 12).map((n) => `“${n}”`).join(", ")}${names.length > 12 ? ` and ${names.length - 12} more` : ""}.`);
  }
}

/** What a constant may pass on its way to being a weight. */
const CARRIERS: ReadonlySet<string> = new Set(["Identity", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Cast", "Flatten"]);

const label = (node: GraphNode): string => (node.name ? `${node.op} “${node.name}”` : `the operator ${node.op}`);

function missing(file: string, name: string): never {
  throw unfit(`${file}: its input “${name}” is not given.`);
}

function asItem(written: Written, given: readonly (Item | undefined)[]): Item {
  if (written instanceof Item) return written;
  if ("id" in written) return new Item(elemOf(written, given), { value: written });
  return new Item(written.elem, { known: written });
}
