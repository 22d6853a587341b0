/** A parameter's name: dragged sideways it scrubs a number; a dot says that the value is not the default, a plug that an input of the graph sets it. */
import type { Json, ParamSpec } from "@patchbay/graph-core";
import { Plug } from "lucide-react";
import type { ReactNode } from "react";
import { useWords } from "../app/use-words.ts";
import { isChanged } from "./inline-choice.ts";
import type { ParamEdit } from "./param-edit.ts";
import { useScrub } from "./fields/use-scrub.ts";

export interface ParamLabelProps {
  readonly spec: ParamSpec;
  readonly value: Json;
  readonly params: { readonly [name: string]: Json };
  readonly disabled: boolean;
  readonly compact?: boolean;
  /** Name of the graph's input that sets it. */
  readonly setBy?: string;
  readonly edit: ParamEdit;
}

export function ParamLabel(props: ParamLabelProps): ReactNode {
  const words = useWords();
  return props.spec.kind === "number" ? <ScrubLabel {...props} /> : <span className="pb-param-label" {...titleOf(props, words)}><Inside {...props} /></span>;
}

function ScrubLabel(props: ParamLabelProps): ReactNode {
  const { spec, value, disabled, edit } = props;
  const words = useWords();
  const scrub = useScrub({ spec: spec as Extract<ParamSpec, { kind: "number" }>, value: Number(value), disabled, length: 200, onChange: (v) => edit.change(spec, v), onDone: edit.done });
  return <span className="pb-param-label" data-scrub={!disabled || undefined} {...titleOf(props, words)} {...scrub}><Inside {...props} /></span>;
}

const titleOf = ({ compact, spec, setBy }: ParamLabelProps, words: (text: string) => string): { title?: string } => (compact ? { title: setBy === undefined ? words(spec.help) : `${words(spec.help)} Set by input “${setBy}” of the graph.` } : {});

function Inside({ spec, params, setBy, compact }: ParamLabelProps): ReactNode {
  return (
    <>
      {isChanged(spec, params) ? <span className="pb-param-dot" role="img" aria-label="Changed" /> : null}
      <span className="pb-param-title">{spec.title}</span>
      {setBy === undefined || !compact ? null : <Plug className="pb-param-plug" aria-label={`Set by input “${setBy}”`} />}
    </>
  );
}
