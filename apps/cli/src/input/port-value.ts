/** An interface input that feeds a port: the text becomes a value of the kind that the port takes. */
import type { InterfaceInput, PortType } from "@patchbay/graph-core";
import { NodeFailure, type InputValue, type LoadedGraph, type RuntimeValue } from "@patchbay/runtime";
import { failed, usage } from "../exit.ts";
import { givenFile } from "./given-file.ts";
import type { Pair } from "./pairs.ts";
import { parseNumbers } from "./param-text.ts";

export async function portValue(graph: LoadedGraph, entry: InterfaceInput, pair: Pair): Promise<InputValue> {
  const declared = graph.inference.flat.byId.get(entry.node)?.declaration?.inputs.find((port) => port.name === entry.port)?.type;
  const types = declared === undefined ? [] : Array.isArray(declared) ? (declared as readonly PortType[]) : [declared as PortType];
  const kinds = new Set(types.map((type) => type.kind));
  // A tensor without axes, such as a distance or a loss, is one number.
  const isScalar = types.some((type) => type.kind === "tensor" && type.shape?.length === 0);
  const option = `--input ${pair.name}`;
  const numbers = parseNumbers(pair.value);
  if (kinds.has("number") || kinds.has("any") || isScalar) {
    const value = pair.value.trim() === "" ? NaN : Number(pair.value);
    if (Number.isFinite(value)) return { kind: "number", value } satisfies RuntimeValue;
  }
  if ((kinds.has("tensor") || kinds.has("any")) && numbers) return tensorOf(numbers.value, option);
  if (kinds.has("image") || kinds.has("tensor")) {
    const reference = await givenFile(graph, option, pair.value);
    try {
      return await graph.host.decodeImage(await graph.host.readFile(reference), pair.value);
    } catch (error) {
      if (error instanceof NodeFailure) throw failed(`${option}: ${error.message}`, error);
      throw error;
    }
  }
  if (kinds.has("text") || kinds.has("any")) return { kind: "text", text: pair.value } satisfies RuntimeValue;
  throw usage(`${option}: a value of this kind (${[...kinds].join(" or ") || "unknown"}) cannot be given on the command line; let the input set a parameter instead.`);
}

/** Nested lists give the shape. */
function tensorOf(nested: readonly unknown[], option: string): RuntimeValue {
  const shape: number[] = [];
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = nested.flat(Infinity) as number[];
  const regular = (value: unknown, depth: number): boolean => (depth === shape.length ? !Array.isArray(value) : Array.isArray(value) && value.length === shape[depth] && value.every((v) => regular(v, depth + 1)));
  if (!regular(nested, 0)) throw usage(`${option}: the nested lists differ in length, so they have no shape.`);
  return { kind: "tensor", dtype: "float32", shape, data: Float32Array.from(flat) };
}
