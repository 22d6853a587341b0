/** Beside a node's layers: leads to what they see. */
import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { keysText, runCommand } from "../../commands/commands.ts";
import { seeLayers } from "../../commands/see-layers.ts";
import { Button } from "../../ui/Button.tsx";
import { layersUsed } from "../../views/insight/layers-used.ts";

/** `flatId`: of the selected node, on which the command acts. Nothing where no network's layers are known. */
export function SeeLayers({ flatId }: { flatId: string }): ReactNode {
  const parts = useEditor();
  const can = useEditorState((s) => s.readOnly === null && layersUsed(s.inference, flatId) !== null);
  const keys = keysText(seeLayers);
  return can ? <Button label={seeLayers.title} icon={<Eye />} iconOnly variant="quiet" {...(keys === undefined ? {} : { keys })} onClick={() => void runCommand(seeLayers, parts)} /> : null;
}
