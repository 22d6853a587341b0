/** `patchbay run` on a graph that trains: network, weights and curves saved, notices told, a stop that keeps the best. */
import { readFile, stat } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeSafetensors } from "@patchbay/runtime";
import { graph, node, save } from "./graphs.ts";
import { CTRL_C, hasTerminal, onTerminal } from "./on-terminal.ts";
import { patchbay, useFolder } from "./patchbay.ts";

const folder = useFolder();

/** Invented faces, one convolution and a dense layer. */
const training = (steps: number, trainer: { [name: string]: string | number } = {}) =>
  graph(
    [
      node("data", "SyntheticFaces", { people: 8, photos: 4, size: 16 }), node("batches", "Batches", { people: 4, photos: 2 }),
      node("conv", "Conv2D", { filters: 4, kernel: 3, stride: 2, trainable: true }), node("relu", "Activation"), node("flatten", "Flatten"), node("dense", "Dense", { units: 8, trainable: true }),
      node("mining", "TripletMining", { mode: "random" }), node("loss", "TripletLoss"), node("trainer", "Trainer", { steps, validate: "verification", validateEvery: 5, ...trainer }),
    ],
    [
      ["data.dataset", "batches.dataset"], ["batches.examples", "conv.input"], ["conv.output", "relu.input"], ["relu.output", "flatten.input"], ["flatten.output", "dense.input"], ["dense.output", "mining.encodings"],
      ["batches.labels", "mining.labels"], ["batches.triplets", "mining.triplets"], ["mining.anchor", "loss.anchor"], ["mining.positive", "loss.positive"], ["mining.negative", "loss.negative"], ["mining.fed", "loss.weights"],
      ["loss.loss", "trainer.loss"], ["dense.output", "trainer.predictions"],
    ],
    [],
    [["network", "network"], ["weights", "network"], ["curves", "losses"], ["report", "report"]].map(([name, port]) => ({ name: name!, node: "trainer", port: port! })),
  );

beforeAll(async () => {
  await save(folder.file("short.json"), training(10));
  await save(folder.file("long.json"), training(100_000, { patience: 0 }));
  await save(folder.file("collapse.json"), training(20, { method: "gradient-descent", learningRate: 0.1, weightDecay: 9, validate: "none" }));
});

describe("patchbay run, on a training", () => {
  it("saves the network as ONNX, its weights as safetensors and the curves as CSV", async () => {
    const { code, stdout } = await patchbay(["run", "short.json", "--output", "network=face.onnx", "--output", "weights=face.safetensors", "--output", "curves=loss.csv", "--json"], { cwd: folder.path });
    expect(code).toBe(0);
    const { outputs } = JSON.parse(stdout) as { outputs: { network: { network: string; output: string } } };
    const { tensors, metadata } = decodeSafetensors(await readFile(folder.file("face.safetensors")));
    expect(Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, t.shape]))).toEqual({ "conv.filters": [3, 3, 3, 4], "conv.biases": [4], "dense.weights": [196, 8], "dense.biases": [8] });
    expect(metadata).toEqual({ network: outputs.network.network, title: "trainer" });
    expect((await readFile(folder.file("face.onnx"))).length).toBeGreaterThan(4 * (196 * 8 + 120));
    expect((await readFile(folder.file("loss.csv"), "utf8")).trim().split("\n")).toHaveLength(11);
  });

  it("tells what nodes warn of, in words and as JSON", async () => {
    const words = await patchbay(["run", "collapse.json"], { cwd: folder.path });
    expect(words.code).toBe(0);
    expect(words.stderr).toMatch(/^loss$/m);
    expect(words.stderr).toContain("[collapsed]");
    const { notices } = JSON.parse((await patchbay(["run", "collapse.json", "--json"], { cwd: folder.path })).stdout) as { notices: readonly object[] };
    expect(notices).toMatchObject([{ node: "loss", code: "collapsed", severity: "warning" }]);
  });

  it("exports the training step", async () => {
    const { code, stdout } = await patchbay(["export", "short.json", "--out", "step.onnx", "--json"], { cwd: folder.path });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { inputs: { name: string }[] }).inputs.map((i) => i.name).sort()).toEqual(["examples", "labels", "params", "rate", "state.m", "state.v", "step", "triplets"]);
  });

  it.runIf(hasTerminal)("stopped by Ctrl-C, saves the best so far, says so and exits 130", async () => {
    let typed = false;
    const { code, screen } = await onTerminal(["run", "long.json", "--output", "network=stopped.onnx"], {
      cwd: folder.path,
      watch(seen, type) {
        if (typed || !/\] [1-9]\d*\/100000 trainer, loss/.test(seen)) return;
        typed = true;
        type(CTRL_C);
      },
    });
    expect(screen).toMatch(/Interrupted: trainer stopped at step \d+ of 100000; the best network so far is saved\./);
    expect(code).toBe(130);
    expect((await stat(folder.file("stopped.onnx"))).size).toBeGreaterThan(4 * 196 * 8);
  });
});
