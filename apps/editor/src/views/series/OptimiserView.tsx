/** An optimiser at work: the picture so far, how far it is, how fast, how long still, and every term's curve. */
import type { ReactNode } from "react";
import type { NodeRun } from "../../model/run-state.ts";
import { pagesOf } from "../image/pages-of.ts";
import { PictureButton } from "../image/PictureButton.tsx";
import { durationText } from "../../ui/size-text.ts";
import { Curves } from "./SeriesView.tsx";
import "./progress.css";

export function OptimiserView({ run, node, title }: { run: NodeRun; node: string; title: string }): ReactNode {
  const { progress } = run;
  return (
    <div className="pb-optimiser">
      {progress?.preview ? <PictureButton pages={pagesOf(progress.preview)!} title={title} comparedWith={node} label={`The picture after ${progress.step} steps`} /> : null}
      {progress ? <StepProgress progress={progress} title={title} /> : null}
      {progress?.curves && progress.step > 1 ? <Curves series={progress.curves} label={title} height={120} logarithmic /> : null}
    </div>
  );
}

export function StepProgress({ progress: { step, of, note, secondsPerStep, secondsLeft }, title }: { progress: NonNullable<NodeRun["progress"]>; title: string }): ReactNode {
  const words = [`step ${step} of ${of}`, ...(secondsPerStep === undefined ? [] : [`${durationText(1000 * secondsPerStep)} each`]), ...(secondsLeft === undefined || step >= of ? [] : [`${durationText(1000 * secondsLeft)} left`])];
  return (
    <div className="pb-steps">
      <div className="pb-steps-bar" role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={of} aria-valuenow={step} aria-valuetext={words.join(", ")} data-waiting={step === 0 || undefined}>
        <i style={{ width: `${of ? (100 * step) / of : 0}%` }} />
      </div>
      <p>{note && step === 0 ? note : words.join(" · ")}</p>
    </div>
  );
}
