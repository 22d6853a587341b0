/** A program ready to run: constants on the GPU, equations interpreted in order, tensors freed after their last use. */
import type { OpName } from "../../ir/ops.ts";
import type { Equation, Program, ValueId } from "../../ir/program.ts";
import { allocate, sameShape, sizeOf, tensor, type DType, type StaticType, type TensorArray, type TensorData } from "../../ir/tensor.ts";
import type { Executable } from "../backend.ts";
import { lastUse } from "../last-use.ts";
import { DeviceLost } from "./device.ts";
import type { Engine } from "./engine.ts";
import type { Rule, RuleContext, Tensor } from "./rule.ts";
import { RULES, upload } from "./rules/index.ts";

/** Milliseconds of queueing work after which a run lets other tasks (and so an abort) have a turn. */
const TURN = 12;

const isSource = (e: Equation): boolean => e.op === "constant" || e.op === "random";

export function createExecutable(engine: Engine, program: Program): Executable {
  const { tf } = engine;
  const sources = program.equations.filter(isSource);
  const kept = new Set(sources.flatMap((e) => e.outputs));
  const plan = lastUse(program, kept);
  const constants = new Map<ValueId, Tensor>();
  const prepared = new Map<string, Tensor>();
  const owned = new Set<Tensor>();
  const keep = <T extends Tensor>(key: string, tensor: T): T => {
    prepared.set(key, tf.keep(tensor));
    owned.add(tensor);
    return tensor;
  };
  let disposed = false;

  const contexts = program.equations.map((e, at): RuleContext => ({
    tf,
    isConstant: (input) => kept.has(e.inputs[input]!),
    once(name, make) {
      const key = `${at} ${name}`;
      const known = prepared.get(key);
      if (known) return known;
      const made = make();
      // A no-op may have given a constant itself, which has an owner already.
      return keep(key, owned.has(made) ? tf.clone(made) : made);
    },
  }));

  const constantOf = ({ shape, dtype }: StaticType, value: number): Tensor => {
    const { fill } = tf;
    return fill([...shape], value, dtype);
  };

  /** The outputs of one equation, each a tensor of its own. */
  function step(at: number, values: ReadonlyMap<ValueId, Tensor>): readonly Tensor[] {
    const e = program.equations[at]!;
    const types = e.outputs.map((id) => program.types[id]!);
    const inputs = e.inputs.map((id) => values.get(id)!);
    const empty = types.every((t) => sizeOf(t.shape) === 0) || (inputs.length > 0 && inputs.every((x) => x.size === 0));
    return tf.tidy(() => {
      const rule = RULES[e.op] as Rule<OpName>;
      const made = empty ? types.map((t) => constantOf(t, emptyValue(e))) : rule(contexts[at]!, e.attrs as never, inputs, types);
      return (Array.isArray(made) ? (made as Tensor[]) : [made as Tensor]).map((t) => (inputs.includes(t) || owned.has(t) ? tf.clone(t) : t));
    });
  }

  function bind(inputs: { readonly [name: string]: TensorData }): Map<ValueId, Tensor> {
    for (const { name, value } of program.inputs) checkInput(name, inputs[name], program.types[value]!);
    return new Map([...constants, ...program.inputs.map(({ name, value }) => [value, upload(tf, inputs[name]!)] as const)]);
  }

  async function read(values: ReadonlyMap<ValueId, Tensor>): Promise<{ [name: string]: TensorData }> {
    const given = new Set<unknown>();
    const entries = program.outputs.map(async ({ name, value }) => {
      const { dtype, shape } = program.types[value]!;
      const data = (await values.get(value)!.data()) as TensorData["data"];
      const own = given.has(data) || kept.has(value) ? data.slice() : data; // the caller's arrays must be nobody else's
      given.add(data);
      return [name, { dtype, shape: [...shape], data: inDtype(dtype, own) }] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  return {
    async run(inputs, { signal } = {}) {
      if (disposed) throw new Error("This executable has been disposed of.");
      if (engine.isLost()) throw await engine.lost.catch((error: unknown) => error);
      signal?.throwIfAborted();
      if (constants.size === 0) for (const e of sources) constants.set(e.outputs[0]!, tf.keep((RULES[e.op] as Rule<OpName>)(contexts[program.equations.indexOf(e)]!, e.attrs as never, [], []) as Tensor));
      const refusalsBefore = engine.refusals.length;
      const values = bind(inputs);
      const free = (ids: Iterable<ValueId>) => {
        for (const id of ids) {
          values.get(id)?.dispose();
          values.delete(id);
        }
      };
      try {
        free(plan.unused);
        let turn = performance.now();
        for (const [at, e] of program.equations.entries()) {
          if (!isSource(e)) step(at, values).forEach((t, i) => values.set(e.outputs[i]!, t));
          free(plan.after[at]!);
          if (performance.now() - turn < TURN) continue;
          await nextTask();
          signal?.throwIfAborted();
          if (engine.isLost()) throw await engine.lost.catch((error: unknown) => error);
          turn = performance.now();
        }
        const results = await Promise.race([read(values), engine.lost]);
        const refused = engine.refusals[refusalsBefore];
        if (refused !== undefined) throw new Error(`The GPU refused a step of this program: ${refused}`);
        return results;
      } catch (error) {
        // A call that fails because the device is going says so less clearly than the loss itself.
        if (!(error instanceof DeviceLost) && !signal?.aborted) await settle(engine);
        throw error;
      } finally {
        free([...values.keys()].filter((id) => !kept.has(id)));
      }
    },
    async dispose() {
      disposed = true;
      for (const t of [...constants.values(), ...prepared.values()]) t.dispose();
      constants.clear();
      prepared.clear();
    },
  };
}

/** What an equation gives that has nothing to compute from; no shader could bind its empty buffers. */
function emptyValue(e: Equation): number {
  if (e.op === "pad") return e.attrs.value;
  return e.op === "reduceMax" ? -Infinity : e.op === "reduceMin" ? Infinity : 0;
}

/** A cast that only relabels the engine's buffer comes back as the array of its source. */
function inDtype(dtype: DType, data: TensorArray): TensorArray {
  const wanted = allocate(dtype, 0);
  return data.constructor === wanted.constructor ? data : tensor(dtype, [data.length], data).data;
}

/** Milliseconds after a failed call in which the loss of the device may still be told: the calls it breaks can fail first. */
const GRACE = 200;

/** Throws DeviceLost if the device turns out to be lost. */
async function settle(engine: Engine): Promise<void> {
  await Promise.race([engine.lost, new Promise((resolve) => setTimeout(resolve, GRACE))]);
}

/** Lets other tasks run. In browsers by a message, because they stretch timers that follow one another to 4 ms. */
function nextTask(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

function checkInput(name: string, given: TensorData | undefined, want: { dtype: string; shape: readonly number[] }): asserts given is TensorData {
  if (!given) throw new TypeError(`Input ${name} is not given.`);
  if (given.dtype !== want.dtype || !sameShape(given.shape, want.shape))
    throw new TypeError(`Input ${name} is ${given.dtype}[${given.shape}] where ${want.dtype}[${want.shape}] is wanted.`);
}
