/** The gallery of examples: one click opens one as a new graph and runs it. */
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { ExampleCard } from "./ExampleCard.tsx";

export function ExamplesDialog({ onClose }: { onClose: () => void; dialogKey?: string }): ReactNode {
  const { examples = [] } = useEditor();
  return (
    <Dialog title="Examples" about="Each opens as a new graph of your own and runs at once. Nothing leaves this machine." size="wide" onClose={onClose}>
      {examples.length ? (
        <ul className="pb-examples">
          {examples.map((example) => (
            <li key={example.name}>
              <ExampleCard example={example} />
            </li>
          ))}
        </ul>
      ) : (
        <p>This editor came without examples.</p>
      )}
    </Dialog>
  );
}
