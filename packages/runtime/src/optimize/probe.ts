/** Asks the drawing between a picture and a scalar about pictures, without changing any: the scalar, and its gradient. */
import { Builder, type Value } from "../ir/builder.ts";
import type { Program } from "../ir/program.ts";
import type { TensorData } from "../ir/tensor.ts";
import type { LossProbe } from "../node-api/node.ts";
import { gradient, hoistInvariants, optimise } from "../passes/index.ts";
import { pick } from "./descend.ts";
import type { MinimiseContext } from "./minimise.ts";
import type { LossRegion } from "./loss-region.ts";

interface Probing {
  /** frontier → what no picture changes. `null`: there is none. */
  fixed: Program | null;
  /** (`picture`, and what it reads of the frontier and of the fixed values) → `loss`, and `grad:picture` where asked for. */
  main: Program;
}

function probing(region: LossRegion, withGradient: boolean): Probing {
  const b = new Builder();
  const frontier: { [name: string]: Value } = Object.fromEntries(Object.entries(region.frontier).map(([name, t]) => [name, b.input(name, t)]));
  const picture = b.input("picture", { dtype: "float32", shape: [1, region.height, region.width, 3] });
  const { loss } = region.loss(b, frontier, picture, undefined);
  const whole = b.build({ loss: b.reshape(loss, []) });
  const { prologue, main } = hoistInvariants(optimise(withGradient ? gradient(whole, { output: "loss", inputs: ["picture"] }) : whole), { varying: ["picture"] });
  return { fixed: prologue, main };
}

/** Programs and what never changes are kept for as long as the probe is; pictures are `[1,H,W,3]` of the variable's size. */
export function probeLoss(region: LossRegion, context: Pick<MinimiseContext, "compile" | "remember">): LossProbe {
  const key = `${region.key}|probe`;
  const ready = new Map<boolean, Promise<(picture: TensorData) => Promise<{ [name: string]: TensorData }>>>();
  const open = async (withGradient: boolean) => {
    const name = `${key}|${withGradient}`;
    const { fixed, main } = context.remember(name, () => probing(region, withGradient));
    const still = fixed ? await (await context.compile(`${name}|fixed`, () => fixed)).run(pick(region.frontier, fixed)) : {};
    const executable = await context.compile(`${name}|main`, () => main);
    return (picture: TensorData) => executable.run(pick({ ...region.frontier, ...still, picture }, main));
  };
  const run = async (withGradient: boolean, picture: TensorData) => {
    const opened = ready.get(withGradient) ?? open(withGradient);
    ready.set(withGradient, opened);
    return (await opened)(picture);
  };
  return {
    async start() {
      const program = context.remember(`${key}|start`, () => {
        const b = new Builder();
        return optimise(b.build({ picture: region.start(b, Object.fromEntries(Object.entries(region.frontier).map(([name, t]) => [name, b.input(name, t)]))) }));
      });
      return (await (await context.compile(`${key}|start`, () => program)).run(pick(region.frontier, program)))["picture"]!;
    },
    lossAt: async (picture) => (await run(false, picture))["loss"]!.data[0]!,
    async gradientAt(picture) {
      const out = await run(true, picture);
      return { loss: out["loss"]!.data[0]!, gradient: out["grad:picture"]! };
    },
  };
}
