/** The inputs and outputs of the graph that is shown, in a window of their own: what the command line, a host program or the graph outside can set and read. */
import type { ReactNode } from "react";
import { useEditorState } from "../app/editor-context.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { InterfaceList } from "./inspector/InterfaceList.tsx";
import { useShownBody } from "./inspector/use-shown-body.ts";
import "./inspector/inspector.css";

export function InterfaceDialog({ onClose }: { onClose: () => void; dialogKey?: string }): ReactNode {
  const inside = useEditorState((s) => s.scope.at(-1));
  const { interface: io } = useShownBody();
  return (
    <Dialog title={inside === undefined ? "Inputs and outputs" : `Inputs and outputs of “${inside}”`} about={inside === undefined ? "What the command line and host programs set by name, and what they get." : "The ports and parameters that the Subgraph node shows outside."} onClose={onClose}>
      <h3 className="pb-dialog-heading">Inputs</h3>
      <InterfaceList side="inputs" io={io} empty="None yet. Expose a parameter with its plug in the inspector, and it is listed here." />
      <h3 className="pb-dialog-heading">Outputs</h3>
      <InterfaceList side="outputs" io={io} empty="None yet. Expose an output port of a node in the inspector, and it is listed here." />
    </Dialog>
  );
}
