import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDim, canonicalDim, ceilDivDim, convDim, dimsDiffer, evaluateDim, floorDivDim, mulDim, productDim, subDim } from "./dim.ts";
import type { Dim } from "./port-type.ts";

/** An expression as code that computes it in numbers and as dims at once. */
interface Both {
  dim: Dim;
  value(h: number, w: number): number;
}

const expression: fc.Arbitrary<Both> = fc.letrec<{ any: Both }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom<Both>({ dim: "H", value: (h) => h }, { dim: "W@photo-2", value: (_, w) => w }),
    fc.integer({ min: 0, max: 9 }).map((n): Both => ({ dim: n, value: () => n })),
    fc.tuple(tie("any"), tie("any")).map(([a, b]): Both => ({ dim: addDim(a.dim, b.dim), value: (h, w) => a.value(h, w) + b.value(h, w) })),
    fc.tuple(tie("any"), tie("any")).map(([a, b]): Both => ({ dim: subDim(a.dim, b.dim), value: (h, w) => a.value(h, w) - b.value(h, w) })),
    fc.tuple(tie("any"), fc.integer({ min: 0, max: 4 })).map(([a, n]): Both => ({ dim: mulDim(a.dim, n), value: (h, w) => a.value(h, w) * n })),
    fc.tuple(tie("any"), fc.integer({ min: 1, max: 5 })).map(([a, n]): Both => ({ dim: floorDivDim(a.dim, n), value: (h, w) => Math.floor(a.value(h, w) / n) })),
    fc.tuple(tie("any"), fc.integer({ min: 1, max: 5 })).map(([a, n]): Both => ({ dim: ceilDivDim(a.dim, n), value: (h, w) => Math.ceil(a.value(h, w) / n) })),
  ),
})).any;

describe("arithmetic on lengths", () => {
  it("means what it means on numbers", () => {
    fc.assert(
      fc.property(expression, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }), (both, h, w) => {
        fc.pre(!String(both.dim).includes("dim@"));
        expect(evaluateDim(both.dim, { H: h, "W@photo-2": w })).toBe(both.value(h, w) + 0);
      }),
    );
  });

  it("prints canonical text: reading and writing it again changes nothing", () => {
    fc.assert(
      fc.property(expression, ({ dim }) => {
        expect(canonicalDim(dim)).toBe(dim);
      }),
    );
  });

  it("spells equal lengths equally", () => {
    fc.assert(
      fc.property(expression, expression, expression, fc.integer({ min: 1, max: 6 }), (a, b, c, k) => {
        // What is too long to be shown is abbreviated, and then compared as one opaque length.
        const sums = [addDim(a.dim, b.dim), addDim(b.dim, c.dim), addDim(a.dim, addDim(b.dim, c.dim)), addDim(addDim(a.dim, b.dim), c.dim), mulDim(a.dim, 2), mulDim(a.dim, k)];
        fc.pre(!sums.join(" ").includes("dim@"));
        expect(addDim(a.dim, b.dim)).toBe(addDim(b.dim, a.dim));
        expect(addDim(addDim(a.dim, b.dim), c.dim)).toBe(addDim(a.dim, addDim(b.dim, c.dim)));
        expect(mulDim(a.dim, 2)).toBe(addDim(a.dim, a.dim));
        expect(subDim(addDim(a.dim, b.dim), b.dim)).toBe(a.dim);
        expect(floorDivDim(mulDim(a.dim, k), k)).toBe(a.dim);
      }),
    );
  });

  it.each<[Dim, Dim]>([
    [convDim("H", 5), "H-4"],
    [convDim("H", 3, 1, 2), "H"],
    [convDim("H", 3, 2, 2), "ceil(H/2)"],
    [convDim(convDim("H", 3, 2, 2), 3, 2, 2), "ceil(H/4)"],
    [convDim("H", 7, 2), "ceil(H/2)-3"],
    [ceilDivDim("W", 2), "ceil(W/2)"],
    [floorDivDim("W", 2), "floor(W/2)"],
    [floorDivDim(addDim(mulDim("W", 4), 3), 2), "2*W+1"],
    [mulDim(addDim("H", -4), addDim("W", -4)), "H*W-4*H-4*W+16"],
    [convDim("H@my-photo", 5), "H@my-photo - 4"],
    [ceilDivDim("H@a/b", 2), "ceil(H@a/b / 2)"],
    [subDim("H", "H"), 0],
    [productDim([2, "H", 3]), "6*H"],
  ])("%s", (dim, expected) => expect(dim).toBe(expected));

  it("tells lengths that must differ from those that may turn out equal", () => {
    expect(dimsDiffer(3, 16)).toBe(true);
    expect(dimsDiffer("H", "H-4")).toBe(true);
    expect(dimsDiffer("H", "W")).toBe(false);
    expect(dimsDiffer("H", 3)).toBe(false);
    // A node called “photo-2” is another node, not two pixels less.
    expect(dimsDiffer("H@photo", "H@photo-2")).toBe(false);
  });

  it("stays short however long a chain of layers is", () => {
    let dim: Dim = "H@photo";
    for (let i = 0; i < 2000; i++) dim = convDim(addDim(mulDim(dim, 3), i % 7), 3, 2, 1);
    expect(String(dim).length).toBeLessThan(200);
    let halved: Dim = "H@photo";
    for (let i = 0; i < 2000; i++) halved = convDim(halved, 3, 2, 2);
    expect(String(halved).length).toBeLessThan(200);
    expect(dimsDiffer(halved, "H@photo")).toBe(false);
    let product: Dim = "H";
    for (let i = 0; i < 200; i++) product = mulDim(addDim(product, "W"), addDim(product, i));
    expect(String(product).length).toBeLessThan(200);
  });
});
