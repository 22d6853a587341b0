/** An optimiser at work: the picture so far, how far it is, how fast, how long still, and every term's curve. */
import type { ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { NodeRun } from "../../model/run-state.ts";
import { pagesOf } from "../image/pages-of.ts";
import { PixelCanvas, type Pixels } from "../image/PixelCanvas.tsx";
import { PictureButton } from "../image/PictureButton.tsx";
import { durationText } from "../../ui/size-text.ts";
import { Curves } from "./SeriesView.tsx";
import "./progress.css";

export function OptimiserView({ run, node, title }: { run: NodeRun; node: string; title: string }): ReactNode {
  const { progress } = run;
  const before = useEditorState((state) => (progress?.preview ? undefined : lastPicture(state, node)));
  return (
    <div className="pb-optimiser">
      {before ? <span className="pb-picture"><PixelCanvas image={before} label="The picture of the last run" /></span> : null}
      {progress?.preview ? <PictureButton pages={pagesOf(progress.preview)!} title={title} comparedWith={node} label={`The picture after ${progress.step} steps`} /> : null}
      {progress ? <StepProgress progress={progress} title={title} /> : null}
      {progress?.curves && progress.step > 1 ? <Curves series={progress.curves} label={title} height={120} logarithmic /> : null}
    </div>
  );
}

/** What it gave last: it stays until there is something newer. */
function lastPicture({ run }: EditorState, node: string): Pixels | undefined {
  for (const [key, { value, summary }] of run.values) if (key.startsWith(`${node}.`) && key.lastIndexOf(".") === node.length && summary.thumbnail) return value?.kind === "image" ? value : summary.thumbnail;
  return undefined;
}

export function StepProgress({ progress: { step, of, note, secondsPerStep, secondsLeft }, title }: { progress: NonNullable<NodeRun["progress"]>; title: string }): ReactNode {
  const words = [`step ${step} of ${of}`, ...(secondsPerStep === undefined ? [] : [`${durationText(1000 * secondsPerStep)} each`]), ...(secondsLeft === undefined || step >= of ? [] : [`${durationText(1000 * secondsLeft)} left`])];
  return (
    <div className="pb-steps">
      <div className="pb-steps-bar" role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={of} aria-valuenow={step} aria-valuetext={words.join(", ")} data-waiting={step === 0 || undefined}>
        <i style={{ width: `${of ? (100 * step) / of : 0}%` }} />
      </div>
      <p>{note && step === 0 ? note : [...words, ...(note ? [note] : [])].join(" · ")}</p>
    </div>
  );
}
