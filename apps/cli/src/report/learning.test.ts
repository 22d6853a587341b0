/** The report on learning, on one seed and an easy target: a run ends where it reaches the target, and says so. */
import { expect, it } from "vitest";
import { MODES, reportEncoder } from "./learning-encoder.ts";

it("tells the first validated step at the target, and ends there", { timeout: 120_000 }, async () => {
  const lines: string[] = [];
  const report = await reportEncoder({ seeds: [1], target: 0.4, most: 100, params: { "faces.people": 48, "faces.photos": 6, "faces.size": 24, "batches.people": 6, "batches.photos": 3, "batches.ease": 100 }, progress: (line) => void lines.push(line) });
  expect(report.untrained).toHaveLength(1);
  expect(report.untrained[0]!).toBeGreaterThan(0.42);
  expect(report.runs.map((r) => r.mode)).toEqual([...MODES]);
  for (const { mode, steps, eer, reached } of report.runs) {
    expect(steps.every((s) => s % 25 === 0)).toBe(true);
    expect(eer.slice(0, -1).every((e) => e > 0.4)).toBe(true);
    expect(reached).toBe(eer.at(-1)! <= 0.4 ? steps.at(-1) : null);
    expect(report.median[mode]).toBe(reached);
  }
  expect(report.median.hard).not.toBeNull();
  expect(lines).toContain(`seed 1, hard: ${report.median.hard} steps`);
});
