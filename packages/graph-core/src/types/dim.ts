/** Arithmetic on axis lengths, known or symbolic: what the type rules of convolutions, pools and reshapes are written in. */
import { constant, floorQuotient, parse, plus, print, times, type Polynomial } from "./dim-polynomial.ts";
import type { Dim } from "./port-type.ts";

const read = (dim: Dim): Polynomial => (typeof dim === "number" ? constant(dim) : parse(dim));

function write(polynomial: Polynomial): Dim {
  if (polynomial.size === 0) return 0;
  const only = polynomial.size === 1 ? polynomial.get("") : undefined;
  return only ?? print(polynomial);
}

/** The canonical text of a dim that somebody wrote by hand. */
export const canonicalDim = (dim: Dim): Dim => (typeof dim === "number" ? dim : write(read(dim)));

export function addDim(a: Dim, b: Dim): Dim {
  if (b === 0) return a;
  return typeof a === "number" && typeof b === "number" ? a + b : write(plus(read(a), read(b)));
}

export function subDim(a: Dim, b: Dim): Dim {
  return typeof a === "number" && typeof b === "number" ? a - b : write(plus(read(a), read(b), -1));
}

export function mulDim(a: Dim, b: Dim): Dim {
  return typeof a === "number" && typeof b === "number" ? a * b : write(times(read(a), read(b)));
}

/** The product of a list of dims: how many values a shape holds. */
export const productDim = (dims: readonly Dim[]): Dim => dims.reduce<Dim>(mulDim, 1);

/** `floor(a / divisor)`; the divisor is a positive integer. */
export function floorDivDim(a: Dim, divisor: number): Dim {
  requireDivisor(divisor);
  if (divisor === 1) return a;
  return typeof a === "number" ? Math.floor(a / divisor) : write(floorQuotient(read(a), divisor));
}

/** `ceil(a / divisor)`; the divisor is a positive integer. */
export function ceilDivDim(a: Dim, divisor: number): Dim {
  requireDivisor(divisor);
  return typeof a === "number" ? Math.ceil(a / divisor) : floorDivDim(addDim(a, divisor - 1), divisor);
}

/** Output length of a convolution or pool along one axis: `floor((in + padTotal − dilation·(k−1) − 1)/stride) + 1`. */
export function convDim(length: Dim, k: number, stride = 1, padTotal = 0, dilation = 1): Dim {
  requireDivisor(stride);
  const last = padTotal - dilation * (k - 1) - 1;
  if (typeof length === "number") return Math.floor((length + last) / stride) + 1;
  if (stride === 1 && last === -1) return length;
  return write(plus(floorQuotient(plus(read(length), constant(last)), stride), constant(1)));
}

/**
 * Whether two lengths can be told to differ before anything runs: two different numbers, or `H` and `H-4`.
 * Different symbols may turn out equal, so they do not count.
 */
export function dimsDiffer(a: Dim, b: Dim): boolean {
  if (a === b) return false;
  if (typeof a === "number" && typeof b === "number") return true;
  return typeof a === "string" && typeof b === "string" && typeof subDim(a, b) === "number";
}

/** The value of a dim when its symbols are known; `null` when one is not. */
export function evaluateDim(dim: Dim, symbols: { readonly [name: string]: number }): number | null {
  if (typeof dim === "number") return dim;
  let expression = parse(dim);
  for (let pass = 0; pass < 100; pass++) {
    const value = write(replaceSymbols(expression, symbols));
    if (typeof value === "number") return value;
    const next = parse(value);
    if (print(next) === print(expression)) return null;
    expression = next;
  }
  return null;
}

function replaceSymbols(polynomial: Polynomial, symbols: { readonly [name: string]: number }): Polynomial {
  const text = print(polynomial).replace(/[A-Za-z_][A-Za-z0-9_]*(@[A-Za-z0-9_/-]*)?/g, (name) =>
    Object.hasOwn(symbols, name) ? String(symbols[name]) : name,
  );
  return parse(text);
}

/** A length that nothing is known about yet, named after the node that brings it in: `H@photo`. */
export const freshDim = (letter: string, node: string): Dim => `${letter}@${node}`;

function requireDivisor(divisor: number): void {
  if (!Number.isInteger(divisor) || divisor < 1) throw new RangeError(`A dim is divided by a positive integer, not by ${divisor}.`);
}
