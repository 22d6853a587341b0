/** Takes one picture of what the page shows in each theme, and asks axe-core what it thinks of it. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { App } from "../app.ts";
import { ROOT } from "../site.ts";

export const FOLDER = path.join(ROOT, "out/screenshots");
export const THEMES = ["light", "dark"] as const;
const AXE = createRequire(path.join(ROOT, "apps/editor/package.json")).resolve("axe-core/axe.min.js");
/** The second theme differs in its colours alone. */
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const COLOURS = { type: "rule", values: ["color-contrast"] };
const REPORT = path.join(FOLDER, "accessibility.json");

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Takes pictures one after the other; one that could not be taken is told at the end, and the others are there. */
export function shotsOf(app: App): { take(name: string, prepare: () => Promise<unknown>): Promise<void>; finish(): void } {
  const failed: string[] = [];
  app.page.setDefaultTimeout(10_000);
  return {
    async take(name, prepare) {
      try {
        await prepare();
        await shoot(app, name);
      } catch (error) {
        failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    finish() {
      if (failed.length) throw new Error(`Pictures that could not be taken:\n${failed.join("\n")}`);
    },
  };
}

export async function shoot(app: App, name: string): Promise<void> {
  const { page } = app;
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    // What is drawn by script follows the theme a moment later.
    await page.waitForTimeout(300);
    await mkdir(path.join(FOLDER, theme), { recursive: true });
    await page.screenshot({ path: path.join(FOLDER, theme, `${name}.png`), animations: "disabled", caret: "initial" });
    await note(`${theme}/${name}`, await findings(app, theme === "light" ? ALL : COLOURS));
  }
}

/** Serious and critical ones, a sentence each. */
async function findings({ page }: App, rules: typeof ALL | typeof COLOURS): Promise<readonly string[]> {
  const source = await readFile(AXE, "utf8");
  // The page forbids scripts that it does not know; what is evaluated from outside is let in.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const found = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: Finding[] }> } };
    const { violations } = await axe.run(document, { resultTypes: ["violations"], runOnly });
    return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 6).map((n) => ({ html: n.html.slice(0, 200), failureSummary: n.failureSummary ?? "" })) }));
  }, rules);
  return found.filter(({ impact }) => impact === "serious" || impact === "critical").flatMap(({ id, impact, help, nodes }) => nodes.map((n) => `${impact}: ${id}: ${help}: ${n.html} — ${n.failureSummary?.replaceAll(/\s+/g, " ")}`));
}

async function note(name: string, faults: readonly string[]): Promise<void> {
  const all = await readFile(REPORT, "utf8").then((text) => JSON.parse(text) as { [name: string]: readonly string[] }, () => ({}) as { [name: string]: readonly string[] });
  all[name] = faults;
  await writeFile(REPORT, `${JSON.stringify(all, null, 1)}\n`);
  for (const fault of faults) process.stdout.write(`${name}: ${fault}\n`);
}
