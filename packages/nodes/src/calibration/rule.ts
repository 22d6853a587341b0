/** How a threshold is picked from a curve of error rates, and whether there are pairs enough to pick it so. */
import { equalErrorRate, firstWhere, type Curve } from "./curve.ts";

export type Rule =
  /** Where both error rates are equal. */
  | { readonly kind: "eer" }
  /** The largest threshold whose FAR, or the smallest whose FRR, is at most `target`; `name` where it is asked for in other words. */
  | { readonly kind: "far" | "frr"; readonly target: number; readonly name?: string };

export const ruleText = (rule: Rule): string => (rule.kind === "eer" ? "EER" : (rule.name ?? `${rule.kind.toUpperCase()} ≤ ${short(rule.target)}`));

/** The threshold that a rule picks: a distance that occurs, interpolated for the EER, or just below the smallest distance where even that accepts too many. */
export function pick(curve: Curve, rule: Rule): number {
  const { length, threshold, far, frr } = curve;
  if (rule.kind === "eer") return equalErrorRate(curve).threshold;
  // The last point accepts everything, so that its FRR is 0 but for rounding.
  if (rule.kind === "frr") return threshold[Math.min(length - 1, Math.max(1, firstWhere(length, (k) => frr[k]! <= rule.target)))]!;
  const k = firstWhere(length, (i) => far[i]! > rule.target) - 1;
  return k > 0 ? threshold[k]! : threshold[1]! - Math.max(Math.abs(threshold[1]!), 1e-6) * 2 ** -20;
}

/**
 * A sentence where a target rate is finer than one pair in all: the threshold then only says that none was wrong. The rule
 * of thirty: an error rate is known to ±30 % (with 90 % confidence) once thirty errors were seen (Doddington et al., Speech
 * Communication 31, 2000, section 5).
 */
export function tooFine(rule: Rule, pairs: { same: number; different: number }): string | null {
  if (rule.kind === "eer") return null;
  const [have, what] = rule.kind === "far" ? [pairs.different, "of different people"] : [pairs.same, "of one person"];
  if (rule.target * have >= 1) return null;
  const needed = rule.target > 0 ? ` At least ${count(Math.ceil(1 / rule.target - 1e-6))} pairs are needed, and about ${count(Math.ceil(30 / rule.target - 1e-6))} before such a rate is known well (thirty errors).` : " No number of pairs shows that a rate is 0.";
  return `A ${rule.kind.toUpperCase()} of ${short(rule.target)} is finer than these ${count(have)} pairs ${what} can tell: one of them is already ${short(1 / have)}.${needed} The threshold picked only says that none of these pairs was decided wrongly.`;
}

export const count = (n: number): string => n.toLocaleString("en-GB");
export const short = (value: number): string => String(Number(value.toPrecision(3)));
