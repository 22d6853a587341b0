/** Values are freed once, after their last reader, and never while something still needs them. */
import { expect, test } from "vitest";
import { Builder } from "../ir/builder.ts";
import { lastUse } from "./last-use.ts";

const F = { dtype: "float32", shape: [2] } as const;

test("a value goes after its last reader, an output never, an unread result at once", () => {
  const b = new Builder();
  const x = b.input("x", F);
  const ignored = b.input("ignored", F);
  const doubled = b.add(x, x); // 0: x is read again below
  const unread = b.exp(doubled); // 1: nobody reads it
  const sum = b.mul(doubled, x); // 2: the last use of both
  const plan = lastUse(b.build({ sum, doubled }));
  expect(plan).toEqual({ unused: [ignored.id], after: [[], [unread.id], [x.id]] });
});

test("what is kept is not listed, and a value read twice by one equation is listed once", () => {
  const b = new Builder();
  const x = b.input("x", F);
  const two = b.scalar(2);
  const y = b.mul(x, two);
  const z = b.add(y, y);
  const plan = lastUse(b.build({ z }), new Set([two.id]));
  expect(plan.after).toEqual([[], [x.id], [y.id]]);
});

test("an input that is also an output stays", () => {
  const b = new Builder();
  const x = b.input("x", F);
  expect(lastUse(b.build({ x, y: b.neg(x) }))).toEqual({ unused: [], after: [[]] });
});
