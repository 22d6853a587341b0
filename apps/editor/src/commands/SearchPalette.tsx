/** Finds a node type and puts it where the palette was opened, connected to what it was opened for. */
import { useMemo, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import type { EditorParts } from "../app/editor-parts.ts";
import { useWords } from "../app/use-words.ts";
import { wireOfKey } from "../model/document-view.ts";
import { connectChoice } from "../model/edits/connect-choice.ts";
import { insertOnWire } from "../model/edits/insert-on-wire.ts";
import { portKind } from "../model/port-kind.ts";
import type { PaletteRequest } from "../model/ui-state.ts";
import { freePlace } from "../panels/library/free-place.ts";
import { PortSign, PortSigns } from "../panels/library/PortSigns.tsx";
import { firstSentence } from "../ui/first-sentence.ts";
import { canvasView } from "./canvas-view.ts";
import { fitting, offersFor, purpose, type Offer } from "./palette/offers.ts";
import { Palette } from "./palette/Palette.tsx";
import { addRecent, recent } from "./palette/recent.ts";
import { isForField } from "./key-target.ts";
import { bodyOf, edit, onlyNode, placeOf, stateOf } from "./shown.ts";

/** From a node's left edge to that of the next, with room for a wire and what stands on it. */
const STEP = 340;

export function SearchPalette(): ReactNode {
  const request = useEditorState((s) => s.ui.palette);
  return request ? <OpenPalette key={JSON.stringify([request.at, request.into, request.wire?.end])} request={request} /> : null;
}

function OpenPalette({ request }: { request: PaletteRequest }): ReactNode {
  const parts = useEditor();
  const [query, setQuery] = useState("");
  const [used] = useState(() => recent("nodes"));
  const readOnly = useEditorState((s) => s.readOnly);
  const wired = request.wire !== undefined || request.into !== undefined;
  const all = useMemo(() => fitting(placeOf(parts), request), [parts, request]);
  const offers = useMemo(() => (readOnly === null ? offersFor(all, query, used, wired) : []), [all, query, used, wired, readOnly]);
  const why = useMemo(() => purpose(placeOf(parts), request), [parts, request]);
  const close = (): void => parts.editor.setUi({ palette: null });
  const choose = (offer: Offer): void => {
    close();
    addRecent("nodes", offer.declaration.type);
    add(parts, request, offer);
  };
  return (
    <Palette
      title="Add a node" placeholder={wired ? "Search nodes that fit" : "Search nodes"} query={query} setQuery={setQuery} screen={request.screen} onClose={close}
      {...(why ? { about: <>{why.before}<b>{why.title}</b>{why.after}</> } : {})}
      none={readOnly ?? (query.trim() ? `No node ${wired ? "that fits " : ""}is called “${query.trim()}”.` : "No node fits here.")}
      entries={offers.map((offer) => ({ key: `${offer.group} ${offer.declaration.type}`, group: offer.group, content: <OfferRow offer={offer} forward={request.wire?.side !== "input"} />, choose: () => choose(offer) }))}
    />
  );
}

function OfferRow({ offer: { declaration, port }, forward }: { offer: Offer; forward: boolean }): ReactNode {
  const words = useWords();
  const { title, doc, inputs, outputs } = declaration;
  const found = port === undefined ? undefined : (forward ? inputs : outputs).find((p) => p.name === port);
  return (
    <>
      <span className="pb-palette-words">
        <span className="pb-palette-title">{title}</span>
        <span className="pb-palette-help">{firstSentence(words(doc))}</span>
      </span>
      {found ? (
        <span className="pb-palette-port">
          <PortSign kind={portKind(found.type)} />
          {found.title ?? found.name}
        </span>
      ) : (
        <PortSigns inputs={inputs} outputs={outputs} />
      )}
    </>
  );
}

/** One step of the history; the new node is selected and gets the focus. */
function add(parts: EditorParts, request: PaletteRequest, { declaration, port }: Offer): void {
  const { editor } = parts;
  const { history, scope, inference } = stateOf(parts);
  // Where nobody pointed at a place: behind the node that is selected, where it lies on nothing.
  const before = request.screen ? undefined : onlyNode(parts);
  const wished = before ? { x: before.position.x + STEP, y: before.position.y } : { x: request.at.x - 124, y: request.at.y - 20 };
  const corner = request.screen ? wished : freePlace(wished, bodyOf(parts).nodes.map((node) => node.position));
  const made =
    request.into === undefined
      ? connectChoice(history.document, scope, editor.registry, inference, declaration, request.wire ? request : { at: corner }, { port })
      : insertOnWire(history.document, scope, editor.registry, inference, wireOfKey(request.into), declaration, { x: request.at.x - 124, y: request.at.y - 50 });
  if (!made) return;
  edit(parts, made.changes, `Add ${declaration.title}`);
  editor.select({ nodes: [made.id] });
  focusSoon(parts, made.id);
}

/** Once the canvas has drawn it; where that is out of sight the canvas goes there. */
function focusSoon(parts: EditorParts, id: string, tries = 8): void {
  requestAnimationFrame(() => {
    const { root } = canvasView(parts.editor);
    const node = root?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
    if (!node) return tries ? focusSoon(parts, id, tries - 1) : undefined;
    // Somebody may have opened the next palette by now, and types into it.
    if (!isForField(node.ownerDocument.activeElement)) node.focus({ preventScroll: true });
    const [seen, box] = [root!.querySelector(".pb-canvas")!.getBoundingClientRect(), node.getBoundingClientRect()];
    if (box.left < seen.left || box.top < seen.top || box.right > seen.right || box.top + 60 > seen.bottom) parts.editor.look({ kind: "node", id, focused: true });
  });
}
