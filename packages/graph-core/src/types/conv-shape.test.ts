import { describe, expect, it } from "vitest";
import { convShape, poolShape, windowDim } from "./conv-shape.ts";
import type { Dim } from "./port-type.ts";

const conv = (shape: Dim[], kernel: number, filters: number, channels?: number): unknown => {
  const result = convShape(shape, { windows: shape.slice(2).map(() => ({ kernel })), filters, ...(channels === undefined ? {} : { channels }) });
  return result.ok ? result.shape : result;
};

describe("the worked cases of convolution", () => {
  it.each([
    ["14×1 ∗ 5×1, 16 filters", [1, 14, 1], 5, 16, 1, [1, 10, 16]],
    ["10×16 ∗ 5×16, 32 filters", [1, 10, 16], 5, 32, 16, [1, 6, 32]],
    ["14×14×3 ∗ 5×5×3, 16 filters", [1, 14, 14, 3], 5, 16, 3, [1, 10, 10, 16]],
    ["10×10×16 ∗ 5×5×16, 32 filters", [1, 10, 10, 16], 5, 32, 16, [1, 6, 6, 32]],
    ["14×14×14×1 ∗ 5×5×5×1, 16 filters", [1, 14, 14, 14, 1], 5, 16, 1, [1, 10, 10, 10, 16]],
    ["10×10×10×16 ∗ 5×5×5×16, 32 filters", [1, 10, 10, 10, 16], 5, 32, 16, [1, 6, 6, 6, 32]],
    ["32×32×32×16 ∗ 3×3×3×16, 32 filters", [1, 32, 32, 32, 16], 3, 32, 16, [1, 30, 30, 30, 32]],
  ])("%s", (_, shape, kernel, filters, channels, expected) => expect(conv(shape, kernel, filters, channels)).toEqual(expected));

  it("holds for sizes that are not known yet", () => {
    expect(conv([1, "H", "W", 3], 5, 16, 3)).toEqual([1, "H-4", "W-4", 16]);
  });

  it.each([
    [7, { kernel: 3, stride: 2 }, 3],
    [8, { kernel: 3, stride: 2 }, 3],
    [8, { kernel: 3, stride: 2, padding: "same" as const }, 4],
    [9, { kernel: 3, dilation: 2 }, 5],
    [9, { kernel: 3, padding: 1 }, 9],
    ["W", { kernel: 3, padding: "same" as const, stride: 2 }, "ceil(W/2)"],
  ])("floor((%s + 2·pad − dilation·(k−1) − 1)/stride) + 1 with %o", (length, window, expected) => expect(windowDim(length, window)).toEqual({ ok: true, dim: expected }));
});

describe("windows that do not fit", () => {
  it("name both channel counts", () => {
    expect(conv([1, 14, 14, 3], 5, 16, 16)).toEqual({ ok: false, code: "channel-mismatch", reason: "The filters have 16 channels; the input has 3 channels." });
  });

  it("name the kernel and the axis it is larger than", () => {
    expect(conv([1, 14, 4, 3], 5, 16)).toEqual({ ok: false, code: "kernel-too-large", reason: "The kernel is 5 wide, which is larger than the input's width of 4." });
    expect(windowDim(4, { kernel: 3, dilation: 3 })).toMatchObject({ ok: false, reason: expect.stringContaining("reaches over 7 positions") });
    expect(windowDim(4, { kernel: 7, padding: 1 })).toMatchObject({ ok: false, reason: expect.stringContaining("6 with its padding") });
  });

  it("name the number of axes that is needed", () => {
    const result = poolShape([1, 14, 3], [{ kernel: 2 }, { kernel: 2 }]);
    expect(result).toMatchObject({ ok: false, code: "wrong-rank", reason: expect.stringContaining("needs 4 axes") });
  });

  it("check groups against channels and filters", () => {
    const grouped = (channels: number, filters: number, groups: number): unknown => convShape([1, 8, 8, channels], { windows: [{ kernel: 1 }, { kernel: 1 }], filters, groups });
    expect(grouped(6, 6, 3)).toMatchObject({ ok: true });
    expect(grouped(7, 6, 3)).toMatchObject({ code: "channel-mismatch" });
    expect(grouped(6, 7, 3)).toMatchObject({ code: "channel-mismatch" });
  });
});
