/** Layers of a network, in order: chosen from a list that can be searched, with what each of them sees. */
import { paramValues, type Json, type LayersParam } from "@patchbay/graph-core";
import { ArrowDown, ArrowUp, Layers, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useId, useMemo, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { bodyAt, nodesById, splitFlatId } from "../../model/document-view.ts";
import { Button } from "../../ui/Button.tsx";
import { usePortal } from "../../ui/portal.ts";
import { describeLayer, knownLayers, type KnownLayer } from "../known-layers.ts";
import type { FieldProps } from "./field-props.ts";

export function LayersField(props: FieldProps<LayersParam>): ReactNode {
  const names = Array.isArray(props.value) ? (props.value as readonly string[]) : [];
  if (props.compact) return <Chooser {...props} names={names} text={names.length ? names.join(", ") : "All"} />;
  return (
    <>
      {names.length ? <Chosen {...props} names={names} /> : null}
      <Chooser {...props} names={names} text={names.length ? "Choose layers…" : "All that arrive; choose layers…"} />
    </>
  );
}

type Inner = FieldProps<LayersParam> & { names: readonly string[] };

function Chosen({ flatId, names, disabled, onSet }: Inner): ReactNode {
  const known = useKnown(flatId);
  const swap = (at: number, by: 1 | -1): void => {
    const next = [...names];
    [next[at], next[at + by]] = [next[at + by]!, next[at]!];
    onSet(next);
  };
  return (
    <ol className="pb-layers">
      {names.map((name, at) => {
        const layer = known.find((l) => l.name === name);
        return (
          <li key={name} className="pb-layer" data-unknown={!layer || undefined}>
            <span className="pb-layer-name pb-mono">{name}</span>
            <span className="pb-layer-about">{layer ? describeLayer(layer) : known.length ? "not of this network" : ""}</span>
            <Button label={`Move ${name} up`} icon={<ArrowUp />} iconOnly variant="quiet" disabled={disabled || at === 0} onClick={() => swap(at, -1)} />
            <Button label={`Move ${name} down`} icon={<ArrowDown />} iconOnly variant="quiet" disabled={disabled || at === names.length - 1} onClick={() => swap(at, 1)} />
            <Button label={`Remove ${name}`} icon={<X />} iconOnly variant="quiet" disabled={disabled} onClick={() => onSet(names.filter((n) => n !== name))} />
          </li>
        );
      })}
    </ol>
  );
}

function Chooser({ flatId, label, describedBy, names, text, disabled, compact, invalid, onSet }: Inner & { text: string }): ReactNode {
  const container = usePortal();
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="pb-choose" data-compact={compact || undefined} disabled={disabled} aria-label={`${label}: ${text}`} aria-describedby={describedBy} aria-invalid={invalid || undefined}>
          {compact ? null : <Layers />}
          <span>{text}</span>
        </button>
      </Popover.Trigger>
      <Popover.Portal container={container}>
        <Popover.Content className="pb-popover pb-layer-picker nodrag nowheel nopan nokey" align="start" sideOffset={4} collisionPadding={8} aria-label={label}>
          <Picker flatId={flatId} names={names} onSet={onSet} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Picker({ flatId, names, onSet }: { flatId: string; names: readonly string[]; onSet: (value: Json) => void }): ReactNode {
  const known = useKnown(flatId);
  const [query, setQuery] = useState("");
  const hint = useId();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = known.filter((layer) => words.every((word) => `${layer.name} ${describeLayer(layer)}`.toLowerCase().includes(word)));
  if (known.length === 0) return <p className="pb-param-help">The layers are known once a network is chosen, or connected with what it computes.</p>;
  return (
    <>
      <input className="pb-input" type="search" placeholder="Search layers" aria-label="Search layers" aria-describedby={hint} value={query} onChange={(event) => setQuery(event.target.value)} autoFocus />
      <ul className="pb-layer-options" aria-label="Layers">
        {shown.map((layer) => (
          <li key={layer.name}>
            <label className="pb-layer-option">
              <input type="checkbox" checked={names.includes(layer.name)} onChange={() => onSet(names.includes(layer.name) ? names.filter((n) => n !== layer.name) : withLayer(names, layer.name, known))} />
              <span className="pb-mono">{layer.name}</span>
              <span className="pb-layer-about">{describeLayer(layer)}</span>
            </label>
          </li>
        ))}
      </ul>
      <p id={hint} className="pb-param-help">{shown.length ? `${names.length} of ${known.length} chosen` : `No layer matches “${query}”.`}</p>
    </>
  );
}

/** In the network's order where the list keeps to it, else at the end. */
function withLayer(names: readonly string[], name: string, known: readonly KnownLayer[]): readonly string[] {
  const at = (n: string): number => known.findIndex((l) => l.name === n);
  const inOrder = names.every((n, i) => i === 0 || at(names[i - 1]!) < at(n));
  return inOrder ? [...names, name].sort((a, b) => at(a) - at(b)) : [...names, name];
}

function useKnown(flatId: string): readonly KnownLayer[] {
  const { editor } = useEditor();
  const inference = useEditorState((s) => s.inference);
  const facts = useEditorState((s) => s.facts);
  return useMemo(() => {
    const { scope, id } = splitFlatId(flatId);
    const body = bodyAt(editor.store.getState().history.document, scope);
    const node = body && nodesById(body).get(id);
    const declaration = node && editor.registry.get(node.type);
    return declaration ? knownLayers(declaration, paramValues(node, declaration), flatId, inference.inputTypes, facts) : [];
  }, [editor, flatId, inference, facts]);
}
