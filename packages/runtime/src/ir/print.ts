/** Programs as text: one readable line per equation, with names that do not depend on value ids; for tests and debugging. */
import type { Equation, Program, ValueId } from "./program.ts";
import type { StaticType, TensorData } from "./tensor.ts";

const DTYPE = { float32: "f32", int32: "i32", bool: "bool" } as const;

export const printType = (t: StaticType): string => `${DTYPE[t.dtype]}[${t.shape}]`;

/** How many values of a constant are written out. */
const SHOWN = 6;

const number = (x: number): string => (Number.isInteger(x) ? (Object.is(x, -0) ? "-0" : String(x)) : String(Number(x.toPrecision(6))));

function printTensor(t: TensorData): string {
  const shown = Array.from(t.data.subarray(0, SHOWN), number);
  if (t.shape.length === 0) return shown[0]!;
  return `{${shown.join(" ")}${t.data.length > SHOWN ? " …" : ""}}`;
}

/** Attributes as ` key=value` pairs; those that are all at their neutral value are left out. */
function printAttrs(e: Equation): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(e.attrs) as [string, unknown][]) {
    if (key === "tensor") parts.push(printTensor(value as TensorData));
    else if (Array.isArray(value)) {
      const neutral = { strides: 1, dilations: 1, steps: 1, padLow: 0, padHigh: 0, low: 0, high: 0, interior: 0, outputPad: 0 }[key];
      if (neutral === undefined || value.some((v) => v !== neutral)) parts.push(`${key}=[${value}]`);
    } else if (typeof value === "boolean") {
      if (value) parts.push(key);
    } else if (!(key === "groups" && value === 1) && !(e.op === "pad" && (key === "mode" ? value === "constant" : value === 0))) {
      parts.push(`${key}=${typeof value === "number" ? number(value) : value}`);
    }
  }
  return parts.length ? " " + parts.join(" ") : "";
}

/** One equation; `nameOf` gives the names of values, by default `%id`. */
export function printEquation(program: Pick<Program, "types">, e: Equation, nameOf: (id: ValueId) => string = (id) => `%${id}`): string {
  const left = e.outputs.map((id) => `${nameOf(id)}:${program.types[id] ? printType(program.types[id]) : "?"}`).join(", ");
  const right = e.inputs.map((id) => ` ${nameOf(id)}`).join("");
  return `${left} = ${e.op}${printAttrs(e)}${right}`;
}

/**
 * The whole program. Values are named in order of definition: inputs by their own names, scalar constants by their value
 * where they are used, the rest `a … z, aa …`. Two programs that differ only in value ids print the same.
 */
export function printProgram(program: Program): string {
  const names = new Map<ValueId, string>(program.inputs.map((i) => [i.value, i.name]));
  let count = 0;
  const fresh = (): string => {
    let name: string;
    const taken = new Set(names.values());
    do name = letters(count++);
    while (taken.has(name));
    return name;
  };
  const lines: string[] = [];
  for (const e of program.equations) {
    if (e.op === "constant" && e.attrs.tensor.shape.length === 0) {
      const { dtype } = e.attrs.tensor;
      names.set(e.outputs[0]!, printTensor(e.attrs.tensor) + (dtype === "float32" ? "" : DTYPE[dtype]));
      continue;
    }
    for (const id of e.outputs) names.set(id, fresh());
    lines.push(`  ${printEquation(program, e, (id) => names.get(id) ?? `%${id}`)}`);
  }
  const head = program.inputs.map((i) => `${i.name}:${printType(program.types[i.value]!)}`).join(", ");
  const tail = program.outputs.map((o) => `${o.name}=${names.get(o.value)}`).join(", ");
  return [`(${head}) {`, ...lines, `} -> ${tail}`].join("\n");
}

function letters(n: number): string {
  const rest = String.fromCharCode(97 + (n % 26));
  return n < 26 ? rest : letters(Math.floor(n / 26) - 1) + rest;
}
