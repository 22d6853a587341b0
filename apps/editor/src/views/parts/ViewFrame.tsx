/** Around every value that a node shows: a line that says what it is, whether it is still what a run would give, and a way to look into it. */
import { History, ScanSearch } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { Button } from "../../ui/Button.tsx";
import { Tip } from "../../ui/Tip.tsx";

export function ViewFrame({ valueKey, caption, fresh, children }: { valueKey: string; caption?: ReactNode; fresh: boolean; children: ReactNode }): ReactNode {
  const { editor } = useEditor();
  return (
    <div className="pb-view" data-stale={!fresh || undefined}>
      <div className="pb-view-body">{children}</div>
      <div className="pb-view-line">
        <span className="pb-view-caption">{caption}</span>
        {fresh ? null : (
          <Tip text="The graph has changed since this was computed. Run it again to see what it gives now.">
            <span className="pb-view-stale" tabIndex={0}><History aria-hidden /> changed since</span>
          </Tip>
        )}
        <Button label="Inspect value" icon={<ScanSearch />} iconOnly variant="quiet" className="pb-button pb-view-inspect nodrag" onClick={() => editor.setUi({ dialog: { id: "inspect-value", key: valueKey } })} />
      </div>
    </div>
  );
}
