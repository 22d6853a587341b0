/** One parameter in the inspector: its field, what it is for, what is wrong with it, and who else sets it. */
import type { Diagnostic, Json, ParamSpec } from "@patchbay/graph-core";
import { CornerLeftUp, Plug, RotateCcw } from "lucide-react";
import { useId, type ReactNode } from "react";
import { useWords } from "../app/use-words.ts";
import { Button } from "../ui/Button.tsx";
import { isChanged } from "./inline-choice.ts";
import { formatNumber } from "./number-entry.ts";
import { formatNumberList } from "./number-list.ts";
import { lower, type ParamEdit } from "./param-edit.ts";
import { ParamField } from "./ParamField.tsx";
import { ParamLabel } from "./ParamLabel.tsx";
import { ProblemLine } from "./ProblemLine.tsx";
import { withCode } from "./with-code.tsx";
import "./params.css";

export interface ParamRowProps {
  readonly flatId: string;
  readonly spec: ParamSpec;
  readonly value: Json;
  readonly params: { readonly [name: string]: Json };
  readonly problems: readonly Diagnostic[];
  /** The graph's input that sets it; inside a subgraph, the subgraph's. */
  readonly setBy: string | undefined;
  /** The Subgraph node around it sets it. */
  readonly outside: boolean;
  readonly readOnly: boolean;
  readonly edit: ParamEdit;
  onExpose(exposed: boolean): void;
  onGoOutside(): void;
  /** Stands beside its name. */
  readonly tool?: ReactNode;
}

export function ParamRow({ flatId, spec, value, params, problems, setBy, outside, readOnly, edit, onExpose, onGoOutside, tool }: ParamRowProps): ReactNode {
  const id = useId();
  const words = useWords();
  const disabled = readOnly || outside;
  const changed = isChanged(spec, params);
  const worst = problems.find((d) => d.severity === "error") ?? problems[0];
  const field = (
    <ParamField
      spec={spec} value={value} flatId={flatId} label={spec.title} describedBy={problems.length ? `${id}-help ${id}-problems` : `${id}-help`} invalid={worst?.severity === "error"} disabled={disabled} compact={false}
      onChange={(v) => edit.change(spec, v)} onDone={edit.done} onSet={(v) => edit.set(spec, v)}
    />
  );
  return (
    <div className="pb-param" data-param={spec.name} data-severity={worst?.severity} data-kind={spec.kind}>
      <div className="pb-param-head">
        <ParamLabel spec={spec} value={value} params={params} disabled={disabled} edit={edit} />
        <span className="pb-param-tools">
          {tool}
          {changed && !disabled ? <Button label={`Reset ${lower(spec.title)} to ${defaultText(spec)}`} icon={<RotateCcw />} iconOnly variant="quiet" onClick={() => edit.reset(spec)} /> : null}
          {readOnly ? null : <Button label={setBy === undefined ? `Expose ${lower(spec.title)} as an input of the graph` : `Set by input “${setBy}”: no longer expose it`} icon={<Plug />} iconOnly variant="quiet" pressed={setBy !== undefined} data-quiet={setBy === undefined || undefined} onClick={() => onExpose(setBy === undefined)} />}
        </span>
        {spec.kind === "boolean" ? field : null}
      </div>
      {spec.kind === "boolean" ? null : field}
      <p id={`${id}-help`} className="pb-param-help">{withCode(words(spec.help))}</p>
      {setBy !== undefined && !outside ? <p className="pb-param-note"><Plug />Set by input “{setBy}”.</p> : null}
      {outside ? (
        <p className="pb-param-note">
          <Plug />
          <span>Set outside{setBy === undefined ? "" : ` by input “${setBy}”`}, at the subgraph.</span>
          <Button label="Go there" icon={<CornerLeftUp />} variant="quiet" onClick={onGoOutside} />
        </p>
      ) : null}
      {problems.length ? <div id={`${id}-problems`}>{problems.map((problem, i) => <ProblemLine key={i} problem={problem} />)}</div> : null}
    </div>
  );
}

/** As a person would say it: “0.75”, “no file”. */
function defaultText(spec: ParamSpec): string {
  switch (spec.kind) {
    case "number":
      return `${formatNumber(spec.default)}${spec.unit ? ` ${spec.unit}` : ""}`;
    case "choice":
      return `“${spec.choices.find((c) => c.value === spec.default)?.title ?? spec.default}”`;
    case "boolean":
      return spec.default ? "on" : "off";
    case "file":
      return spec.default || "no file";
    case "text":
      return spec.default ? `“${spec.default}”` : "nothing";
    case "layers":
      return spec.default.join(", ") || "all";
    case "numbers":
      return formatNumberList(spec.default).replace(/\n/g, "; ") || "an empty list";
  }
}
