/** The insides of a node's view, loaded when the first value is there. */
import { useState, type ReactNode } from "react";
import { useEditorState } from "../app/editor-context.ts";
import { caption } from "./captions.ts";
import { PixelCanvas } from "./image/PixelCanvas.tsx";
import { pagesOf } from "./image/pages-of.ts";
import { PictureButton } from "./image/PictureButton.tsx";
import { sizeText } from "../ui/size-text.ts";
import { ViewFrame } from "./parts/ViewFrame.tsx";
import type { Live } from "./series/live.ts";
import { LossTermView } from "./series/LossTermView.tsx";
import { OptimiserView } from "./series/OptimiserView.tsx";
import { Curves } from "./series/SeriesView.tsx";
import type { Term } from "./series/term.ts";
import { TrainerView } from "./series/TrainerView.tsx";
import type { Output } from "./state/use-outputs.ts";
import { FETCHED_UNASKED, useWholeValue } from "./state/use-whole-value.ts";
import { Histogram } from "./tensor/Histogram.tsx";
import { ValueView } from "./ValueView.tsx";

export function OutputsContent({ outputs, node, title, nodeType }: { outputs: readonly Output[]; node: string; title: string; nodeType: string }): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const output = outputs.find((o) => o.port === chosen) ?? outputs[0]!;
  return (
    <ViewFrame valueKey={output.key} caption={caption(output)} fresh={output.shown.fresh}>
      {outputs.length > 1 ? (
        <div className="pb-view-ports" role="tablist" aria-label={`Outputs of ${title}`}>
          {outputs.map(({ port }) => <button key={port} type="button" role="tab" className="nodrag" aria-selected={port === output.port} onClick={() => setChosen(port)}>{port}</button>)}
        </div>
      ) : null}
      <OutputContent key={output.key} output={output} node={node} title={title} nodeType={nodeType} />
    </ViewFrame>
  );
}

/** A large value is fetched for its view, unless it is so large that one should ask. */
function OutputContent({ output: { key, shown, type }, node, title, nodeType }: { output: Output; node: string; title: string; nodeType: string }): ReactNode {
  const [asked, setAsked] = useState(false);
  const { summary } = shown;
  const running = useEditorState((state) => state.run.phase === "running");
  const small = summary.bytes <= FETCHED_UNASKED;
  const whole = useWholeValue(key, shown, asked || (small && !running));
  if (whole.state === "ready") return <ValueView value={whole.value} shown={shown} node={key.slice(0, key.lastIndexOf(".")) || node} valueKey={key} type={type} title={title} nodeType={nodeType} />;
  return (
    <>
      {summary.thumbnail ? <PixelCanvas image={summary.thumbnail} label={title} className="pb-view-small" /> : <Histogram summary={summary.tensor} />}
      {small || asked ? null : <button type="button" className="pb-button nodrag" onClick={() => setAsked(true)}>Show {sizeText(summary.bytes)}</button>}
    </>
  );
}

export function TermContent({ term, node, ports, title }: { term: Term; node: string; ports: readonly string[]; title: string }): ReactNode {
  const fresh = useEditorState((state) => state.run.values.get(`${node}.${ports[0]}`)?.fresh ?? true);
  return <ViewFrame valueKey={`${node}.${ports[0]}`} fresh={term.running || fresh} caption={`step ${term.values.length}`}><LossTermView term={term} title={title} /></ViewFrame>;
}

export function LiveContent({ live: { run, part }, node, title }: { live: Live; node: string; title: string }): ReactNode {
  const { progress } = run;
  if (part === "all" && !progress!.preview && (progress!.validation || progress!.counts)) return <div className="pb-view"><TrainerView progress={progress!} title={title} /></div>;
  if (part === "all") return <div className="pb-view"><OptimiserView run={run} node={node} title={title} /></div>;
  if (part === "picture") return <div className="pb-view"><PictureButton pages={pagesOf(progress!.preview!)!} title={title} comparedWith={node} label={`${title} while it is computed, after ${progress!.step} steps`} /><p className="pb-view-line">step {progress!.step} of {progress!.of}</p></div>;
  if (part === "validation") return <div className="pb-view"><Curves series={progress!.validation!} label={title} height={150} logarithmic={false} /></div>;
  return <div className="pb-view"><Curves series={progress!.curves!} label={title} height={150} logarithmic /></div>;
}
