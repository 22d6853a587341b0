/** Numbers as people type them: `1/3`, `2^10`, `5e-3`, `40 %`, `512 px`; and how the arrow keys move them. */
import type { NumberParam } from "@patchbay/graph-core";

export type Entry = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string };

const NAMES: { readonly [name: string]: number } = { pi: Math.PI, π: Math.PI, e: Math.E };
const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-zπ]+)|(\*\*|[-+*/^()%]))/iy;

/** The value of a number or an expression of numbers; a unit at the end is passed over. */
export function readNumber(text: string, unit?: string): Entry {
  const wrong: Entry = { ok: false, message: text.trim() === "" ? "A number is needed here." : `“${text.trim()}” is not a number, nor a calculation such as 1/3.` };
  let plain = text.trim().replace(/[−–]/g, "-").replace(/×/g, "*").replace(/[÷:]/g, "/").replace(/[\s_’']/g, "");
  const ending = unit?.replace(/\s/g, "");
  if (ending && plain.toLowerCase().endsWith(ending.toLowerCase())) plain = plain.slice(0, -ending.length);
  if (/^[+-]?\d{1,3}(,\d{3})+$/.test(plain)) return { ok: false, message: `“${text.trim()}” can be read in two ways; write ${plain.replace(/,/g, "")} or ${plain.replace(",", ".")}.` };
  if (/^[+-]?\d+,\d+$/.test(plain)) plain = plain.replace(",", ".");
  const tokens = tokensOf(plain);
  if (!tokens?.length) return wrong;
  const value = new Calculation(tokens).result();
  if (value === null) return wrong;
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, message: `“${text.trim()}” has no finite value.` };
}

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    tokens.push(match[0].trim());
  }
  return tokens;
}

/** Sums of products of powers, from left to right; null where the tokens are none. */
class Calculation {
  private at = 0;
  private readonly tokens: readonly string[];
  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  result(): number | null {
    const value = this.sum();
    return this.at === this.tokens.length ? value : null;
  }

  private take(...wanted: readonly string[]): string | null {
    const token = this.tokens[this.at];
    if (token === undefined || !wanted.includes(token)) return null;
    this.at++;
    return token;
  }

  private sum(): number | null {
    let value = this.product();
    for (let sign = this.take("+", "-"); sign && value !== null; sign = this.take("+", "-")) {
      const next = this.product();
      value = next === null ? null : sign === "+" ? value + next : value - next;
    }
    return value;
  }

  private product(): number | null {
    let value = this.power();
    for (let sign = this.take("*", "/"); sign && value !== null; sign = this.take("*", "/")) {
      const next = this.power();
      value = next === null ? null : sign === "*" ? value * next : value / next;
    }
    return value;
  }

  private power(): number | null {
    if (this.take("-")) {
      const value = this.power();
      return value === null ? null : -value;
    }
    if (this.take("+")) return this.power();
    const base = this.single();
    if (base === null || !this.take("^", "**")) return base;
    const exponent = this.power();
    return exponent === null ? null : base ** exponent;
  }

  private single(): number | null {
    if (this.take("(")) {
      const value = this.sum();
      return this.take(")") ? this.share(value) : null;
    }
    const token = this.tokens[this.at];
    if (token === undefined) return null;
    const value = /^[\d.]/.test(token) ? Number(token) : (NAMES[token.toLowerCase()] ?? null);
    if (value !== null) this.at++;
    return this.share(value);
  }

  private share(value: number | null): number | null {
    return value !== null && this.take("%") ? value / 100 : value;
  }
}

/** As it stands in a field at rest: whole numbers in full (a seed is not to be rounded), others with six digits. */
export function formatNumber(value: number): string {
  if (!Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  const [full, short] = [String(value), value.toExponential().replace("e+", "e")];
  return short.length + 2 < full.length ? short : full.replace("e+", "e");
}

/** How far one press of an arrow key goes. */
export function stepOf(spec: NumberParam, value: number): number {
  if (spec.step !== undefined) return spec.step;
  if (spec.integer) return 1;
  const { min, max } = spec;
  if (min !== undefined && max !== undefined && max - min <= 1000) return roundStep((max - min) / 100);
  return value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
}

/** The nearest of 1, 2 and 5 times a power of ten that is not larger. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const lead = step / power;
  return tidy(power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1), power / 10);
}

/** Without the digits that adding steps leaves behind: 0.30000000000000004 is 0.3. */
export function tidy(value: number, step: number): number {
  const digits = Math.min(15, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + 1));
  return Number(value.toFixed(digits));
}

export const clampTo = ({ min = -Infinity, max = Infinity }: { min?: number; max?: number }, value: number): number => Math.min(max, Math.max(min, value));

/** One press of an arrow key. On a logarithmic scale it multiplies: by about 1.1, and by 10 with `coarse`. */
export function nudge(spec: NumberParam, value: number, direction: 1 | -1, { coarse = false, fine = false }: { coarse?: boolean; fine?: boolean } = {}): number {
  if (spec.scale === "log" && value > 0) {
    const factor = coarse ? 10 : fine ? 1.01 : 1.1;
    return clampTo(spec, significant(direction > 0 ? value * factor : value / factor, fine ? 3 : 2, direction, value));
  }
  if (spec.scale === "log" && value === 0 && direction > 0) return clampTo(spec, Math.abs(spec.default || 1) / 1000);
  const step = stepOf(spec, value) * (coarse ? 10 : fine && !spec.integer ? 0.1 : 1);
  return clampTo(spec, tidy(value + direction * step, step));
}

/** Few digits, and yet another number than `from`. */
function significant(value: number, digits: number, direction: 1 | -1, from: number): number {
  const rounded = Number(value.toPrecision(digits));
  return direction > 0 === rounded > from && rounded !== from ? rounded : Number(value.toPrecision(digits + 2));
}
