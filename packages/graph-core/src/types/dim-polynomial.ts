/** Symbolic axis lengths as polynomials over symbols and floor quotients, so that equal lengths print as equal text. */

/** Monomials by their text (`H`, `H*W`, `` for the constant) with integer coefficients, none of them zero. */
export type Polynomial = Map<string, number>;

/** Longer texts are replaced by a name made from their hash, so that a chain of 20,000 strided layers stays cheap. */
const LONGEST_TEXT = 120;

const LONGEST_QUOTIENT = 60;

/** Strides that multiply to more than this are no longer told apart in words. */
const LARGEST_DIVISOR = 2 ** 20;

export const constant = (value: number): Polynomial => (value === 0 ? new Map() : new Map([["", value]]));
export const symbol = (name: string): Polynomial => new Map([[name, 1]]);

export function plus(a: Polynomial, b: Polynomial, factor = 1): Polynomial {
  const sum = new Map(a);
  for (const [key, coefficient] of b) {
    const total = (sum.get(key) ?? 0) + factor * coefficient;
    if (total === 0) sum.delete(key);
    else sum.set(key, total);
  }
  return sum;
}

export function times(a: Polynomial, b: Polynomial): Polynomial {
  let product: Polynomial = new Map();
  for (const [left, x] of a)
    for (const [right, y] of b) {
      const key = [...splitMonomial(left), ...splitMonomial(right)].sort().join("*");
      product = plus(product, new Map([[key, x * y]]));
    }
  return product;
}

/** `floor(numerator / divisor)` with everything that divides evenly taken out of the quotient. */
export function floorQuotient(numerator: Polynomial, divisor: number): Polynomial {
  if (divisor === 1) return numerator;
  const whole: Polynomial = new Map();
  let rest: Polynomial = new Map();
  for (const [key, coefficient] of numerator) {
    const remainder = ((coefficient % divisor) + divisor) % divisor;
    if (coefficient !== remainder) whole.set(key, (coefficient - remainder) / divisor);
    if (remainder !== 0) rest.set(key, remainder);
  }
  const restConstant = rest.get("") ?? 0;
  if (rest.size === (restConstant ? 1 : 0)) return whole;
  // floor((floor(x/a) + r)/b) = floor((x + r·a)/(a·b)): two strided layers in a row read as one division.
  const symbols = [...rest].filter(([key]) => key !== "");
  const [only] = symbols;
  if (symbols.length === 1 && only && only[1] === 1) {
    const inner = splitMonomial(only[0]).length === 1 ? quotientParts(only[0]) : null;
    if (inner && inner.divisor * divisor <= LARGEST_DIVISOR) {
      rest = plus(inner.numerator, constant(restConstant * inner.divisor));
      return plus(whole, floorQuotient(rest, inner.divisor * divisor));
    }
  }
  return plus(whole, symbol(quotientText(rest, divisor)));
}

/** Canonical text. With an `@` name in it the operators are set off by spaces, because node ids may contain `-` and `/`. */
export function print(polynomial: Polynomial): string {
  const terms = [...polynomial].sort(([a], [b]) => degree(b) - degree(a) || (a < b ? -1 : 1));
  const gap = terms.some(([key]) => key.includes("@")) ? " " : "";
  let text = "";
  let exact = true;
  for (const [key, coefficient] of terms) {
    const size = Math.abs(coefficient);
    exact &&= size <= Number.MAX_SAFE_INTEGER;
    const body = key === "" ? String(size) : size === 1 ? key : `${size}*${key}`;
    if (text === "") text = coefficient < 0 ? `-${body}` : body;
    else text += `${gap}${coefficient < 0 ? "-" : "+"}${gap}${body}`;
  }
  return text.length > LONGEST_TEXT || !exact ? `dim@${fingerprint(text)}` : text || "0";
}

const degree = (key: string): number => (key === "" ? -1 : splitMonomial(key).length);

/** Splits at the `*` outside parentheses. */
function splitMonomial(key: string): string[] {
  if (key === "") return [];
  const atoms: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < key.length; i++) {
    const c = key[i];
    if (c === "(") depth++;
    else if (c === ")") depth--;
    else if (c === "*" && depth === 0) {
      atoms.push(key.slice(start, i));
      start = i + 1;
    }
  }
  atoms.push(key.slice(start));
  return atoms;
}

/** `floor((W+1)/2)` is written `ceil(W/2)`: one spelling for one length. */
function quotientText(numerator: Polynomial, divisor: number): string {
  const rounding = (numerator.get("") ?? 0) === divisor - 1 ? "ceil" : "floor";
  const shown = rounding === "ceil" ? plus(numerator, constant(1 - divisor)) : numerator;
  const text = print(shown);
  const gap = text.includes("@") ? " " : "";
  const bracketed = shown.size > 1 ? `(${text})` : text;
  const quotient = `${rounding}(${bracketed}${gap}/${gap}${divisor})`;
  return quotient.length > LONGEST_QUOTIENT ? `dim@${fingerprint(quotient)}` : quotient;
}

function quotientParts(atom: string): { numerator: Polynomial; divisor: number } | null {
  const match = /^(floor|ceil)\((.*)\/ ?(\d+)\)$/.exec(atom);
  if (!match) return null;
  const divisor = Number(match[3]);
  const text = match[2]!.trim();
  const numerator = parse(text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text);
  return { numerator: match[1] === "ceil" ? plus(numerator, constant(divisor - 1)) : numerator, divisor };
}

function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x5bd1e995);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/** Reads canonical text and anything written like it (`H - 4`, `2*H+1`, `ceil(W/2)`); other text is one opaque symbol. */
export function parse(text: string): Polynomial {
  const known = parsed.get(text);
  if (known) return known;
  const reader = { text, at: 0 };
  const result = readSum(reader);
  const polynomial = result && reader.at === text.length ? result : symbol(text.trim());
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(text, polynomial);
  return polynomial;
}

/** One length occurs in many types of a graph. Polynomials are never changed once made, so they can be shared. */
const parsed = new Map<string, Polynomial>();
const MOST_PARSED = 2000;

interface Reader {
  text: string;
  at: number;
}

function readSum(reader: Reader): Polynomial | null {
  let sum: Polynomial = new Map();
  let sign = take(reader, "-") ? -1 : 1;
  for (;;) {
    const term = readProduct(reader);
    if (!term) return null;
    sum = plus(sum, term, sign);
    if (take(reader, "+")) sign = 1;
    else if (take(reader, "-")) sign = -1;
    else return sum;
  }
}

function readProduct(reader: Reader): Polynomial | null {
  let product: Polynomial | null = readAtom(reader);
  while (product && take(reader, "*")) {
    const next = readAtom(reader);
    product = next && times(product, next);
  }
  return product;
}

const NUMBER = /\d+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*(@[A-Za-z0-9_/-]*)?/y;

function readAtom(reader: Reader): Polynomial | null {
  skip(reader);
  NUMBER.lastIndex = reader.at;
  const digits = NUMBER.exec(reader.text);
  if (digits) {
    reader.at += digits[0].length;
    return constant(Number(digits[0]));
  }
  if (take(reader, "(")) {
    const inner = readSum(reader);
    return inner && take(reader, ")") ? inner : null;
  }
  NAME.lastIndex = reader.at;
  const name = NAME.exec(reader.text)?.[0];
  if (!name) return null;
  reader.at += name.length;
  if ((name === "floor" || name === "ceil") && take(reader, "(")) return readQuotient(reader, name);
  skip(reader);
  return symbol(name);
}

function readQuotient(reader: Reader, rounding: "floor" | "ceil"): Polynomial | null {
  const numerator = readSum(reader);
  if (!numerator || !take(reader, "/")) return null;
  skip(reader);
  NUMBER.lastIndex = reader.at;
  const divisor = Number(NUMBER.exec(reader.text)?.[0] ?? 0);
  if (!(divisor > 0)) return null;
  reader.at = NUMBER.lastIndex;
  if (!take(reader, ")")) return null;
  return floorQuotient(rounding === "ceil" ? plus(numerator, constant(divisor - 1)) : numerator, divisor);
}

function take(reader: Reader, character: string): boolean {
  skip(reader);
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  skip(reader);
  return true;
}

function skip(reader: Reader): void {
  while (reader.text[reader.at] === " ") reader.at++;
}
