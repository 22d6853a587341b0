/** The optimisers as IR: each maps a flat parameter vector, its gradient and a state to the next of both. */
import type { Builder, Operand, Value } from "../ir/builder.ts";
import type { MinimiseOptions } from "../node-api/node.ts";

export interface UpdateContext {
  /** `[n]` */
  params: Value;
  /** `[n]` */
  gradient: Value;
  /** By name, as declared by `state`. */
  state: { readonly [name: string]: Value };
  /** Steps done so far, from 0: float scalar. */
  step: Value;
  /** The rate may change from step to step: then it is a float scalar of the program. */
  options: { readonly learningRate: Operand; readonly momentum: number };
}

export interface UpdateRule {
  /** Shapes of what is carried from step to step beside the parameters; all of it starts as zeros. */
  state(size: number): { readonly [name: string]: readonly number[] };
  update(b: Builder, context: UpdateContext): { params: Value; state: { readonly [name: string]: Value } };
}

/** How many past steps L-BFGS remembers. */
const HISTORY = 8;

/** Kept out of denominators; its inverse still fits into float32. */
const TINY = 1e-30;

export const UPDATE_RULES: { readonly [M in MinimiseOptions["method"]]: UpdateRule } = {
  /** `x := x − η·g` */
  "gradient-descent": {
    state: () => ({}),
    update: (b, { params, gradient, options }) => ({ params: b.sub(params, b.mul(gradient, options.learningRate)), state: {} }),
  },

  /** `v := μ·v + g; x := x − η·v` (the form of PyTorch's SGD). */
  momentum: {
    state: (n) => ({ velocity: [n] }),
    update(b, { params, gradient, state, options }) {
      const velocity = b.add(b.mul(state.velocity!, options.momentum), gradient);
      return { params: b.sub(params, b.mul(velocity, options.learningRate)), state: { velocity } };
    },
  },

  /** Kingma & Ba, arXiv 1412.6980, algorithm 1, in the efficient order of section 2; β₁ 0.9, β₂ 0.999, ε 1e-8. */
  adam: {
    state: (n) => ({ m: [n], v: [n] }),
    update(b, { params, gradient, state, step, options }) {
      const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8];
      const t = b.add(step, 1);
      const m = b.add(b.mul(state.m!, beta1), b.mul(gradient, 1 - beta1));
      const v = b.add(b.mul(state.v!, beta2), b.mul(b.square(gradient), 1 - beta2));
      const correction2 = b.sqrt(b.sub(1, b.pow(beta2, t)));
      const rate = b.div(b.mul(correction2, options.learningRate), b.sub(1, b.pow(beta1, t)));
      const denominator = b.add(b.sqrt(v), b.mul(correction2, epsilon));
      return { params: b.sub(params, b.mul(b.div(m, denominator), rate)), state: { m, v } };
    },
  },

  /**
   * L-BFGS with a fixed step, two-loop recursion of Nocedal & Wright, *Numerical Optimization* (2006), algorithm 7.4.
   * Without line search: the first step is scaled to an L1 length of η, and pairs with `sᵀy ≤ 1e-6·‖s‖‖y‖` are skipped.
   * Both are relative, so that a loss in other units takes the same way: losses that are means have gradients so small
   * that an absolute bound would skip every pair and the picture would never move.
   */
  "l-bfgs": {
    state: (n) => ({ previousParams: [n], previousGradient: [n], s: [HISTORY, n], y: [HISTORY, n], rho: [HISTORY], gamma: [] }),
    update(b, { params, gradient, state, step, options }) {
      const n = params.shape[0]!;
      const first = b.lt(step, 0.5);
      const s = b.sub(params, state.previousParams!);
      const y = b.sub(gradient, state.previousGradient!);
      const dot = (a: Value, c: Value) => b.sum(b.mul(a, c));
      const sy = dot(s, y);
      const lengths = b.mul(b.sqrt(dot(s, s)), b.sqrt(dot(y, y)));
      const good = b.and(b.not(first), b.gt(sy, b.max(b.mul(lengths, 1e-6), TINY)));
      // A good pair is pushed in front; otherwise the memory stays as it is (ρ = 0 marks an empty row).
      const push = (rows: Value, row: Value) => b.select(good, b.concat([b.reshape(row, [1, n]), b.sliceAxis(rows, 0, 0, HISTORY - 1)], 0), rows);
      const [S, Y] = [push(state.s!, s), push(state.y!, y)];
      const safe = b.select(good, sy, 1);
      const rho = b.select(good, b.concat([b.reshape(b.div(1, safe), [1]), b.sliceAxis(state.rho!, 0, 0, HISTORY - 1)], 0), state.rho!);
      const gamma = b.select(good, b.div(sy, b.max(dot(y, y), TINY)), b.select(first, 1, state.gamma!));
      const row = (x: Value, i: number) => b.reshape(b.sliceAxis(x, 0, i, i + 1), x.shape.slice(1));
      let q = gradient;
      const alpha: Value[] = [];
      for (let i = 0; i < HISTORY; i++) {
        alpha[i] = b.mul(row(rho, i), dot(row(S, i), q));
        q = b.sub(q, b.mul(row(Y, i), alpha[i]!));
      }
      let r = b.mul(q, gamma);
      for (let i = HISTORY - 1; i >= 0; i--) r = b.add(r, b.mul(row(S, i), b.sub(alpha[i]!, b.mul(row(rho, i), dot(row(Y, i), r)))));
      const scale = b.select(first, b.div(1, b.max(b.sum(b.abs(gradient)), TINY)), 1);
      return {
        params: b.sub(params, b.mul(r, b.mul(scale, options.learningRate))),
        state: { previousParams: params, previousGradient: gradient, s: S, y: Y, rho, gamma },
      };
    },
  },
};
