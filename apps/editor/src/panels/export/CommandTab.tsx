/** The command that runs the graph in a terminal. */
import { FileDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { commandText, exportJson } from "../../formats/actions.ts";
import type { Shell } from "../../formats/shell-words.ts";
import { Button } from "../../ui/Button.tsx";
import { CodeBlock } from "./CodeBlock.tsx";
import { Notes } from "./Notes.tsx";
import { useExported } from "./use-exported.ts";

export function CommandTab(): ReactNode {
  const parts = useEditor();
  const [shell, setShell] = useState<Shell>(navigator.userAgent.includes("Windows") ? "powershell" : "posix");
  const made = useExported({ form: "self-contained" });
  const missing = made && typeof made !== "string" ? made.missing : [];
  const notes = missing.length ? [`The exported file does not hold ${missing.map((path) => `“${path}”`).join(", ")}: give the path on your disk.`] : [];
  return (
    <>
      <label className="pb-export-row">
        <span>Shell</span>
        <select className="pb-select" value={shell} onChange={(event) => setShell(event.target.value as Shell)}>
          <option value="posix">sh, bash, zsh</option>
          <option value="powershell">PowerShell</option>
        </select>
      </label>
      <CodeBlock label="The command" text={commandText(parts, { shell, missing })}>
        <Button label="Download the graph" icon={<FileDown />} onClick={() => void exportJson(parts)} />
      </CodeBlock>
      <Notes notes={notes} />
    </>
  );
}
