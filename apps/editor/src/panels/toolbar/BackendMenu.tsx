/** Chooses the engine: what is available with its device, what is not and why, and what was used. */
import { ChevronDown, Cpu } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import type { EditorParts } from "../../app/editor-parts.ts";
import { backendName } from "../../model/backend-names.ts";
import type { RunState } from "../../model/run-state.ts";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import { sizeText } from "../../ui/size-text.ts";

/** One sentence for each engine that was passed over; empty where the first choice was used. */
export const fallbackSentences = (used: RunState["used"]): readonly string[] =>
  used ? used.tried.map(({ id, reason }) => `${backendName(id).short} was passed over. ${/[.!?]$/.test(reason) ? reason : `${reason}.`}`) : [];

/** “CPU, WebAssembly”, “WebGPU, Apple M2”: the device's own name often says which engine it is. */
export function deviceText({ id, device }: NonNullable<RunState["used"]>): string {
  const { short } = backendName(id);
  return device.includes(short) ? device : `${short}, ${device}`;
}

function chooser({ run }: EditorParts, state: RunState): readonly MenuItem[] {
  const rows: MenuItem[] = (state.backends ?? []).map(({ id, available, text, threads }) => ({
    title: backendName(id).long,
    about: threads && threads > 1 ? `${text}, ${threads} threads` : text,
    checked: state.backend === id,
    disabled: !available,
    run: () => run.setBackend(id),
  }));
  const device = state.used && deviceText(state.used);
  return [
    { title: "Automatic", about: "The fastest one that works here", checked: state.backend === null, run: () => run.setBackend(null) },
    ...(state.backends ? rows : ([{ kind: "note", text: "Looking for what works here…" }] satisfies MenuItem[])),
    ...(device || state.memory !== null ? ([{ kind: "line" }] satisfies MenuItem[]) : []),
    ...(device ? ([{ kind: "note", text: `Last used: ${device}.` }] satisfies MenuItem[]) : []),
    ...fallbackSentences(state.used).map((text): MenuItem => ({ kind: "note", text, tone: "warning" })),
    ...(state.memory === null ? [] : ([{ kind: "note", text: `Memory in use: ${sizeText(state.memory)}.` }] satisfies MenuItem[])),
  ];
}

/** Drawn inside the open menu only, so that answers that arrive later appear in it. */
export const backendItems = (parts: EditorParts): readonly MenuItem[] => chooser(parts, parts.editor.store.getState().run);

export function BackendMenu({ small }: { small: boolean }): ReactNode {
  const parts = useEditor();
  const chosen = useEditorState((s) => s.run.backend);
  const used = useEditorState((s) => s.run.used);
  // Read so that the open menu is drawn again when the answers arrive.
  useEditorState((s) => s.run.backends);
  useEditorState((s) => s.run.memory);
  const name = chosen ? backendName(chosen).short : used ? backendName(used.id).short : "Automatic";
  return (
    <Menu items={() => backendItems(parts)} onOpen={() => void parts.run.probe()}>
      <button type="button" className="pb-button pb-backend" data-variant="quiet" aria-label={`Backend: ${name}`} data-fallback={(used?.tried.length ?? 0) > 0 || undefined}>
        <Cpu />
        {small ? null : <span>{name}</span>}
        <ChevronDown className="pb-chevron" />
      </button>
    </Menu>
  );
}
