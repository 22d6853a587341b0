/** The types of a graph by `node.port`, looked up where they are remembered: an edit need not copy thousands of them. */
import { splitEndpoint } from "../document/endpoint.ts";
import type { FlatGraph } from "../flat/flat-graph.ts";
import type { PortType } from "../types/port-type.ts";
import type { Memo } from "./memo.ts";

/** Behaves like a map that was filled in document order. Nodes share their answers with the inference before the edit. */
export class TypesByKey implements ReadonlyMap<string, PortType> {
  readonly #flat: FlatGraph;
  readonly #memos: ReadonlyMap<string, Memo>;
  readonly #withOutputs: boolean;
  #filled: ReadonlyMap<string, PortType> | undefined;

  /** `withOutputs`: inputs and outputs, an output hiding an input of its name; otherwise inputs alone. */
  constructor(flat: FlatGraph, memos: ReadonlyMap<string, Memo>, withOutputs: boolean) {
    this.#flat = flat;
    this.#memos = memos;
    this.#withOutputs = withOutputs;
  }

  get(key: string): PortType | undefined {
    const output = this.#withOutputs ? this.#at(this.#flat.outputAliases.get(key) ?? key, "outputs") : undefined;
    const input = output ?? this.#at(this.#flat.inputAliases.get(key) ?? key, "inputs");
    if (input) return input;
    const passed = this.#flat.passedInputs.get(key);
    return passed === undefined ? undefined : this.#at(passed, "outputs");
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  #at(key: string, side: "inputs" | "outputs"): PortType | undefined {
    const { node, port } = splitEndpoint(key);
    return this.#memos.get(node)?.[side].get(port);
  }

  /** All of them, made when somebody asks for all. */
  #all(): ReadonlyMap<string, PortType> {
    if (this.#filled) return this.#filled;
    const filled = new Map<string, PortType>();
    const add = (key: string): void => {
      const type = this.get(key);
      if (type) filled.set(key, type);
    };
    for (const { id } of this.#flat.nodes) {
      const memo = this.#memos.get(id)!;
      for (const port of memo.inputs.keys()) add(`${id}.${port}`);
      if (this.#withOutputs) for (const port of memo.outputs.keys()) add(`${id}.${port}`);
    }
    for (const key of this.#flat.inputAliases.keys()) add(key);
    for (const key of this.#flat.passedInputs.keys()) add(key);
    if (this.#withOutputs) for (const key of this.#flat.outputAliases.keys()) add(key);
    return (this.#filled = filled);
  }

  get size(): number {
    return this.#all().size;
  }
  keys(): MapIterator<string> {
    return this.#all().keys();
  }
  values(): MapIterator<PortType> {
    return this.#all().values();
  }
  entries(): MapIterator<[string, PortType]> {
    return this.#all().entries();
  }
  forEach(callback: (type: PortType, key: string, types: ReadonlyMap<string, PortType>) => void): void {
    for (const [key, type] of this.#all()) callback(type, key, this);
  }
  [Symbol.iterator](): MapIterator<[string, PortType]> {
    return this.entries();
  }
}
