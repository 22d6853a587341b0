/** What stands in the place of the editor when drawing it failed: what happened, and the way to the graph, which is not lost. */
import { serializeGraph } from "@patchbay/graph-core";
import { Component, type ContextType, type ReactNode } from "react";
import { Button } from "../ui/Button.tsx";
import { EditorContext } from "./editor-context.ts";

export class CrashBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  static override contextType = EditorContext;
  declare context: ContextType<typeof EditorContext>;
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error("Something that is no error was thrown.") };
  }

  override componentDidCatch(): void {
    void this.context?.workspace?.flush().catch(() => undefined);
  }

  private readonly download = (): void => {
    const document_ = this.context!.editor.store.getState().history.document;
    const url = URL.createObjectURL(new Blob([serializeGraph(document_)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${(document_.title ?? "graph").replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "graph"}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="pb-crash" role="alert">
        <h1>The editor could not be drawn.</h1>
        <p>This is a mistake in Patchbay, not in your graph. The graph is still here: download it, or reload the page and go on.</p>
        <pre className="pb-mono">{error instanceof Error ? error.message : String(error)}</pre>
        <div className="pb-crash-actions">
          <Button label="Reload" variant="primary" onClick={() => location.reload()} />
          <Button label="Download the graph" onClick={this.download} />
        </div>
        {error instanceof Error && error.stack ? (
          <details>
            <summary>Where it happened</summary>
            <pre className="pb-mono">{error.stack}</pre>
          </details>
        ) : null}
      </main>
    );
  }
}
