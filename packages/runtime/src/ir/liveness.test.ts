import { expect, it } from "vitest";
import { Builder } from "./builder.ts";
import { workingBytes } from "./liveness.ts";

it("counts constants, and what is alive at once", () => {
  const b = new Builder();
  const x = b.input("x", { dtype: "float32", shape: [100] }); // 400 bytes
  const c = b.floats([100], new Array<number>(100).fill(2)); // 400, kept
  let y = b.mul(x, c); // 400 beside x
  for (let i = 0; i < 10; i++) y = b.exp(y); // the one before goes
  expect(workingBytes(b.build({ y }))).toBe(400 + 800);
  // A second output keeps the first alive.
  expect(workingBytes(b.build({ y, x2: b.exp(x) }))).toBeGreaterThan(1200);
});
