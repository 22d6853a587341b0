/** The topology of a layers model (Keras: Sequential and Functional, one inside another) as a graph of one node for each call of a layer. */
import { Attributes, type AttributeValue } from "../attributes.ts";
import { damaged } from "../failures.ts";
import type { NetworkGraph } from "../graph-network.ts";
import type { Known } from "../known.ts";
import type { NetworkPort } from "../network-source.ts";
import type { GraphNode } from "../rule.ts";
import { activationOf } from "./activation.ts";
import { KERAS_LAYERS, KERAS_WEIGHTS } from "./keras-layers.ts";

interface LayerConfig {
  readonly class_name: string;
  readonly name?: string;
  readonly config: { readonly [key: string]: unknown };
  readonly inbound_nodes?: readonly unknown[];
}

/** Models inside models. */
const DEEPEST = 8;
/** Layers of one model: they are put in order by going over them again and again. */
const MOST_LAYERS = 10_000;

/** Throws NodeFailure where the topology is broken; what cannot be carried is told in `opaque`. */
export function kerasGraph(file: string, topology: unknown, weights: ReadonlyMap<string, Known>): NetworkGraph {
  const modelConfig = (topology as { model_config?: unknown }).model_config ?? topology;
  const writer = new KerasWriter(file, weights);
  const outputs = writer.model(asLayer(file, modelConfig), null, 0);
  return {
    file, inputs: writer.inputs, outputs: outputs.map((name) => ({ name, dtype: "float32", shape: [] })), constants: writer.constants, nodes: writer.nodes, operators: KERAS_LAYERS, channelsLast: true,
    opaque: writer.opaque && `${file} cannot be opened up: ${writer.opaque}.`,
    unsafe: writer.opaque && `${file} is a TensorFlow.js model, which runs opened up or not at all.`,
  };
}

const isObject = (x: unknown): x is { readonly [key: string]: unknown } => typeof x === "object" && x !== null && !Array.isArray(x);

function asLayer(file: string, given: unknown): LayerConfig {
  if (!isObject(given) || typeof given["class_name"] !== "string") throw damaged(file, "Its model_config is broken.");
  // A Sequential model of old holds its list of layers itself.
  const config = Array.isArray(given["config"]) ? { layers: given["config"] } : given["config"];
  if (!isObject(config)) throw damaged(file, "Its model_config is broken.");
  return { ...given, class_name: given["class_name"], config } as LayerConfig;
}

class KerasWriter {
  readonly inputs: NetworkPort[] = [];
  readonly nodes: GraphNode[] = [];
  readonly constants = new Map<string, Known>();
  opaque: string | null = null;
  readonly #file: string;
  readonly #weights: ReadonlyMap<string, Known>;
  /** Weights whose names hold more than the layer's: `outer/conv1/kernel`, `conv1/conv1/kernel` as `conv1/kernel`. */
  readonly #byLayer = new Map<string, Known>();
  readonly #names = new Set<string>();

  constructor(file: string, weights: ReadonlyMap<string, Known>) {
    this.#file = file;
    this.#weights = weights;
    for (const [name, known] of weights) {
      const parts = name.split("/");
      for (const part of parts.slice(0, -1)) this.#byLayer.set(`${part}/${parts.at(-1)}`, known);
    }
  }

  /** Values of a model's outputs; `given` are the values of its inputs where it is called by another. */
  model(model: LayerConfig, given: readonly string[] | null, depth: number): readonly string[] {
    if (depth > DEEPEST) throw damaged(this.#file, `Its models are nested more than ${DEEPEST} deep.`);
    const layers = model.config["layers"];
    if (!Array.isArray(layers)) throw damaged(this.#file, "A model in it has no layers.");
    if (layers.length > MOST_LAYERS) throw damaged(this.#file, `A model in it has ${layers.length} layers.`);
    const configs = layers.map((l) => asLayer(this.#file, l));
    return model.class_name === "Sequential" ? this.#sequential(configs, given, depth) : this.#functional(model, configs, given, depth);
  }

  #sequential(layers: readonly LayerConfig[], given: readonly string[] | null, depth: number): readonly string[] {
    const [first] = layers;
    let values = given ?? (first && first.class_name !== "InputLayer" && !isModel(first) ? [this.#input(first)] : null);
    for (const layer of layers) {
      if (layer.class_name === "InputLayer") values ??= [this.#input(layer)];
      else values = isModel(layer) ? this.model(layer, values, depth + 1) : [this.#call(layer, values ?? [], 0)];
    }
    return values ?? [];
  }

  /** Layers are called once all that feeds them is there: they need not be listed in that order. */
  #functional(model: LayerConfig, layers: readonly LayerConfig[], given: readonly string[] | null, depth: number): readonly string[] {
    const inputNames = references(this.#file, model.config["input_layers"]).map((r) => r.layer);
    const values = new Map<string, readonly string[]>();
    const open = layers.flatMap((layer) => {
      const name = nameOf(layer);
      if (layer.class_name === "InputLayer") {
        const at = inputNames.indexOf(name);
        values.set(`${name}:0`, [given ? given[at] ?? this.#broken(`its model ${nameOf(model)} lacks an input`) : this.#input(layer)]);
        return [];
      }
      const calls = layer.inbound_nodes ?? [];
      if (!calls.every((c) => Array.isArray(c))) {
        this.opaque ??= "its layers are listed in the way of Keras 3";
        return [];
      }
      return calls.map((call, index) => ({ layer, name, index, from: references(this.#file, call) }));
    });
    for (let left = open; left.length;) {
      const waiting = left.filter(({ layer, name, index, from }) => {
        const inputs = from.map((r) => values.get(`${r.layer}:${r.node}`)?.[r.tensor]);
        if (!inputs.every((v) => v !== undefined)) return true;
        values.set(`${name}:${index}`, isModel(layer) ? this.model(layer, inputs, depth + 1) : [this.#call(layer, inputs, index)]);
        return false;
      });
      if (waiting.length === left.length) {
        if (!this.opaque) this.#broken(`its layer ${waiting[0]!.name} waits for what nothing computes`);
        return [];
      }
      left = waiting;
    }
    return references(this.#file, model.config["output_layers"]).map((r) => values.get(`${r.layer}:${r.node}`)?.[r.tensor] ?? (this.opaque ? "" : this.#broken(`nothing computes its output ${r.layer}`)));
  }

  #input(layer: LayerConfig): string {
    const name = this.#fresh(layer.class_name === "InputLayer" ? nameOf(layer) : `${nameOf(layer)}_input`);
    const shape = layer.config["batch_input_shape"] ?? layer.config["batch_shape"];
    const dtype = layer.config["dtype"];
    if (!Array.isArray(shape)) this.#broken(`its input ${name} has no shape`);
    this.inputs.push({ name, dtype: typeof dtype === "string" ? dtype : "float32", shape: (shape as unknown[]).map((d) => (typeof d === "number" ? d : null)) });
    return name;
  }

  #call(layer: LayerConfig, inputs: readonly string[], index: number): string {
    const { class_name: op, config } = layer;
    const output = this.#fresh(index ? `${nameOf(layer)}_${index}` : nameOf(layer));
    const activation = config["activation"];
    const refuse = (why: string) => void (this.opaque ??= `its layer ${nameOf(layer)} (${op}) ${why}`);
    if (!KERAS_LAYERS.has(op)) refuse("is outside the set that can be computed");
    else if (config["data_format"] === "channels_first") refuse("has its channels first");
    else if (config["padding"] === "causal") refuse("has causal padding");
    else if (typeof activation === "string" && !activationOf(activation)) refuse(`has the activation ${activation}`);
    const weights = (KERAS_WEIGHTS[op] ?? []).map((w) => this.#weight(layer, w));
    while (weights.at(-1) === "") weights.pop();
    this.nodes.push({ name: output, op, inputs: [...inputs, ...weights], outputs: [output], attributes: attributesOf(config), version: 0 });
    return output;
  }

  /** The name of a constant; empty where the layer has no such weight. */
  #weight(layer: LayerConfig, weight: string): string {
    const name = `${nameOf(layer)}/${weight}`;
    const known = this.#weights.get(name) ?? this.#byLayer.get(name);
    if (!known) return "";
    this.constants.set(name, known);
    return name;
  }

  #fresh(name: string): string {
    let free = name;
    for (let i = 1; this.#names.has(free); i++) free = `${name}_${i}`;
    this.#names.add(free);
    return free;
  }

  #broken(what: string): never {
    throw damaged(this.#file, `In it, ${what}.`);
  }
}

const isModel = (layer: LayerConfig): boolean => ["Sequential", "Model", "Functional"].includes(layer.class_name);
const nameOf = (layer: LayerConfig): string => String(layer.config["name"] ?? layer.name ?? layer.class_name.toLowerCase());

/** `[name, call, output]` once or in a list. */
function references(file: string, given: unknown): { layer: string; node: number; tensor: number }[] {
  if (!Array.isArray(given)) throw damaged(file, "The order of its layers is broken.");
  const list = typeof given[0] === "string" ? [given] : given;
  return list.map((r: unknown) => {
    if (!Array.isArray(r) || typeof r[0] !== "string") throw damaged(file, "The order of its layers is broken.");
    return { layer: r[0], node: Number(r[1] ?? 0), tensor: Number(r[2] ?? 0) };
  });
}

/** Numbers, texts, truths and lists of numbers (nested ones laid flat); null is not given. */
function attributesOf(config: { readonly [key: string]: unknown }): Attributes {
  return new Attributes(Object.entries(config).flatMap(([key, value]): [string, AttributeValue][] => {
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return [[key, value]];
    const flat = Array.isArray(value) ? (value.flat() as unknown[]) : [];
    return flat.length && flat.every((v) => typeof v === "number") ? [[key, flat as number[]]] : [];
  }));
}
