/** Worked examples of Network: a file that a script of onnx wrote. */
import type { NodeCase, RuntimeValue } from "@patchbay/runtime/node-api";
import { TINY_FILE } from "../testing/tiny-network.ts";

function isTiny(value: RuntimeValue): void {
  if (value.kind !== "network") throw new Error(`a ${value.kind} came out`);
  const { network, input, output } = value;
  if (!/^onnx-[0-9a-f]{16}\+pool$/.test(network) || input.layout !== "channels-first" || String(input.shape) !== "4,4,3" || output !== "pool") throw new Error(JSON.stringify({ network, input, output }));
}

export const cases: NodeCase[] = [
  {
    name: "a file, with a hidden layer as its result",
    params: { file: TINY_FILE, result: "pool", meaning: "encoding" },
    expected: { network: isTiny, layers: (value) => { if (value.kind !== "table" || !value.rows.some((row) => row[1] === "Conv" && row[2] === 2)) throw new Error("its convolution of two channels is not listed"); } },
    from: "onnx, tests/peers/tiny_network.py",
  },
];
