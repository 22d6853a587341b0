/** The program that runs the graph. */
import { FileDown } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { exportJson, snippetText } from "../../formats/actions.ts";
import { Button } from "../../ui/Button.tsx";
import { CodeBlock } from "./CodeBlock.tsx";
import { useExported } from "./use-exported.ts";

export function SnippetTab(): ReactNode {
  const parts = useEditor();
  useEditorState((s) => s.inference);
  const made = useExported({ form: "self-contained" });
  const missing = made && typeof made !== "string" ? made.missing : [];
  return (
    <>
      <p>Runs the exported file in Node, with what the graph's inputs are set to now.</p>
      <CodeBlock label="The program" text={snippetText(parts, { missing })}>
        <Button label="Download the graph" icon={<FileDown />} onClick={() => void exportJson(parts)} />
      </CodeBlock>
    </>
  );
}
