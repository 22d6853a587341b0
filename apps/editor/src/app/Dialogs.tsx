/** The dialog that is open, loaded when it is first needed; one that fails is closed with a sentence, and the editor goes on. */
import { Component, lazy, Suspense, type ComponentType, type LazyExoticComponent, type ReactNode } from "react";
import type { DialogId } from "../model/ui-state.ts";
import { useEditor, useEditorState } from "./editor-context.ts";

export interface DialogProps {
  onClose: () => void;
  /** Which value, node or tab it is about. */
  dialogKey?: string;
}

type LazyDialog = LazyExoticComponent<ComponentType<DialogProps>>;

const DIALOGS: { readonly [Id in DialogId]: LazyDialog } = {
  examples: lazy(async () => ({ default: (await import("../examples/ExamplesDialog.tsx")).ExamplesDialog })),
  graphs: lazy(async () => ({ default: (await import("../panels/GraphsDialog.tsx")).GraphsDialog })),
  export: lazy(async () => ({ default: (await import("../panels/ExportDialog.tsx")).ExportDialog })),
  share: lazy(async () => ({ default: (await import("../panels/ShareDialog.tsx")).ShareDialog })),
  shortcuts: lazy(async () => ({ default: (await import("../commands/ShortcutsDialog.tsx")).ShortcutsDialog })),
  history: lazy(async () => ({ default: (await import("../panels/HistoryDialog.tsx")).HistoryDialog })),
  interface: lazy(async () => ({ default: (await import("../panels/InterfaceDialog.tsx")).InterfaceDialog })),
  "inspect-value": lazy(async () => ({ default: (await import("../views/InspectValueDialog.tsx")).InspectValueDialog })),
  compare: lazy(async () => ({ default: (await import("../views/CompareDialog.tsx")).CompareDialog })),
};

class FailedDialog extends Component<{ onFail: (error: unknown) => void; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onFail(error);
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}

export function Dialogs(): ReactNode {
  const { editor } = useEditor();
  const dialog = useEditorState((s) => s.ui.dialog);
  const Content = dialog && DIALOGS[dialog.id];
  if (!dialog || !Content) return null;
  const close = (): void => editor.setUi({ dialog: null });
  const fail = (error: unknown): void => {
    close();
    editor.notify({ kind: "error", text: `This window could not be opened: ${error instanceof Error ? error.message : String(error)}` });
  };
  return (
    <FailedDialog key={`${dialog.id} ${dialog.key ?? ""}`} onFail={fail}>
      <Suspense fallback={<div className="pb-overlay" role="status" aria-label="Loading" />}>
        <Content onClose={close} {...(dialog.key === undefined ? {} : { dialogKey: dialog.key })} />
      </Suspense>
    </FailedDialog>
  );
}
