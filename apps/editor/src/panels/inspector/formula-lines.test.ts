/** Formulas are split between their statements, never inside one. */
import { nodes } from "@patchbay/nodes";
import { renderToString } from "katex";
import { expect, it } from "vitest";
import { formulaLines } from "./formula-lines.ts";

it("splits at wide gaps", () => {
  expect(formulaLines(String.raw`J = \alpha A,\qquad \alpha = 10^{-1}`)).toEqual([String.raw`J = \alpha A,`, String.raw`\alpha = 10^{-1}`]);
  expect(formulaLines(String.raw`a \quad\text{or}\quad b`)).toEqual(["a", String.raw`\text{or}`, "b"]);
});

it("sets words in indices as words", () => expect(formulaLines(String.raw`J_{style} + n_H + x_{ij}`)).toEqual([String.raw`J_{\text{style}} + n_H + x_{ij}`]));

it("leaves gaps inside braces and brackets alone", () => {
  for (const whole of [String.raw`\frac{a\quad b}{c}`, String.raw`\left(a \quad b\right)`, "E = mc^2", String.raw`\quadratic`]) expect(formulaLines(whole)).toEqual([whole]);
  expect(formulaLines(String.raw`\{a\} \quad b`)).toEqual([String.raw`\{a\}`, "b"]);
});

it("gives lines that KaTeX sets, for every node that declares a formula", () => {
  const formulas = nodes.declarations.flatMap((d) => d.formula ?? []);
  expect(formulas.length).toBeGreaterThan(10);
  for (const line of formulas.flatMap(formulaLines)) expect(renderToString(line, { output: "mathml", displayMode: true, throwOnError: true })).toContain("<math");
});
