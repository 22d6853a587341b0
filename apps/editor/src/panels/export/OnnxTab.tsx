/** The compiled pipeline as a network for other programs. */
import { Download } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { exportOnnx } from "../../formats/actions.ts";
import { Button } from "../../ui/Button.tsx";
import { Notes } from "./Notes.tsx";

export function OnnxTab(): ReactNode {
  const parts = useEditor();
  const [busy, setBusy] = useState(false);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const start = async (): Promise<void> => {
    setBusy(true);
    setNotes(await exportOnnx(parts));
    setBusy(false);
  };
  return (
    <>
      <p>All that the graph computes with tensors as one ONNX file, with its weights. What comes before its first tensors, such as pictures and faces, are inputs of the file. Of an optimisation it holds one step with its gradient; what every step needs is computed now and written into it.</p>
      <Notes notes={notes} />
      <div className="pb-export-actions">
        <Button label={busy ? "Exporting …" : "Export ONNX"} icon={<Download />} variant="primary" disabled={busy} onClick={() => void start()} />
        {busy ? <span className="pb-export-made" role="status">Networks are loaded and what comes first is computed.</span> : null}
      </div>
    </>
  );
}
