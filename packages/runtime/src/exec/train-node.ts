/** Runs a Trainer: takes the drawing that it traces, opens the feed, trains, and hands on network, curves and a summary. */
import type { PortType } from "@patchbay/graph-core";
import { NodeFailure } from "../node-api/host.ts";
import type { EvaluateContext, NodeProgress, Notice, TrainOptions, TrainResult } from "../node-api/node.ts";
import type { DatasetValue, NetworkValue } from "../node-api/values.ts";
import { Builder } from "../ir/builder.ts";
import type { Drawing, DrawingSources } from "../train/drawing.ts";
import { tensorAt, traceDrawing } from "../train/drawing.ts";
import { train, type TrainContext } from "../train/train.ts";
import type { TrainState } from "../train/train-state.ts";
import type { TrainingRegion } from "./plan.ts";

export interface TrainNodeOptions extends Pick<TrainContext, "compile" | "remember"> {
  region: TrainingRegion;
  sources: DrawingSources & { types: ReadonlyMap<string, PortType> };
  /** What the feed's node sees. */
  feedContext: EvaluateContext;
  progress(event: NodeProgress & { secondsLeft?: number }): void;
  /** A notice on any node. */
  warn(node: string, notice: Notice): void;
  checkpoint?: TrainContext["checkpoint"];
  signal?: AbortSignal;
  resume?: TrainState;
  /** Called in the place of the training, by exporters; it throws. */
  intercept?(drawing: Drawing, options: TrainOptions): never;
}

export interface TrainedNode {
  result: TrainResult;
  state: TrainState;
  interrupted: boolean;
}

export async function trainNode(o: TrainNodeOptions, options: TrainOptions): Promise<TrainedNode> {
  const { region, sources } = o;
  const { flat, overrides } = sources;
  const drawing = traceDrawing(region, sources, new Builder());
  if (!drawing.weights.size) throw new NodeFailure("nothing-trainable", "No trainable weight changes the loss: it is computed from other values alone.");
  o.intercept?.(drawing, options);
  const feedNode = flat.byId.get(region.feed)!.declaration!;
  if (!feedNode.feed) throw new NodeFailure("no-feed", `“${region.feed}” (${feedNode.title}) gives no batches.`);
  const feed = await feedNode.feed(o.feedContext);
  const trained = await train(drawing, options, feed, {
    compile: o.compile,
    remember: o.remember,
    describe: (id) => flat.byId.get(id)!.declaration!,
    progress: (event) => o.progress({ ...event, ...(event.secondsPerStep === undefined ? {} : { secondsLeft: event.secondsPerStep * (event.of - event.step) }) }),
    notices: (id, scalars) => flat.byId.get(id)!.declaration!.notices?.(scalars, overrides.params.get(id)!) ?? [],
    warn: o.warn,
    ...(o.checkpoint ? { checkpoint: o.checkpoint } : {}),
    ...(o.signal ? { signal: o.signal } : {}),
    ...(o.resume ? { resume: o.resume } : {}),
  });
  const network = await networkOf(drawing, o, trained, options.meaning);
  const { losses, validation, metrics, step, steps, ended, state, interrupted } = trained;
  return { result: { network, losses, validation, summary: { metrics, step, steps, ended } }, state, interrupted };
}

async function networkOf(drawing: Drawing, o: TrainNodeOptions, trained: Awaited<ReturnType<typeof train>>, told: TrainOptions["meaning"]): Promise<NetworkValue | null> {
  const { region, sources } = o;
  const end = region.ends["predictions"];
  const entry = region.ends["input"];
  const begin = entry ? `${entry.node}.${entry.port}` : `${region.feed}.${sources.flat.byId.get(region.feed)!.declaration!.outputs[0]!.name}`;
  const example = shapeAt(drawing, begin);
  const refuse = (message: string): null => {
    o.warn(region.optimiser, { code: "no-network", message, port: "predictions" });
    return null;
  };
  if (!end) return null;
  if (!example) return refuse(`“${begin}” is no part of what is trained, so no network begins there.`);
  // Loaded here: it writes ONNX, which needs protocol buffers.
  const { namedWeights, trainedNetwork } = await import("../train/network-value.ts");
  const type = sources.flat.byId.get(end.node)!.declaration!.outputs.find((p) => p.name === end.port)?.type;
  const known = sources.types.get(`${end.node}.${end.port}`) ?? type;
  const meaning = told ?? (known?.kind === "tensor" ? known.meaning : undefined);
  const dataset = Object.values(o.feedContext.inputs).find((v): v is DatasetValue => v?.kind === "dataset");
  const width = shapeAt(drawing, `${end.node}.${end.port}`)?.[1];
  const made = trainedNetwork(drawing, begin, example, namedWeights(trained.params, trained.layout), {
    title: region.optimiser,
    ...(meaning === "encoding" || meaning === "activation" ? { meaning } : {}),
    ...(dataset && meaning !== "encoding" && width === dataset.classes.length ? { classes: dataset.classes } : {}),
  });
  return "why" in made ? refuse(made.why) : made;
}

/** The shape of what is at a port for the feed's first batch. */
function shapeAt(drawing: Drawing, key: string): readonly number[] | undefined {
  if (drawing.fed[key]) return drawing.fed[key].shape;
  if (!drawing.region.nodes.includes(key.slice(0, key.lastIndexOf(".")))) return undefined;
  const b = new Builder();
  const inputs = Object.fromEntries(Object.entries({ ...drawing.fed, ...drawing.still }).map(([name, t]) => [name, b.input(name, t)]));
  return tensorAt(drawing.write(b, { value: (name) => inputs[name], weight: () => undefined }, [key]), key)?.shape;
}
