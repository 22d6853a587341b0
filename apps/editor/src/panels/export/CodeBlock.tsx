/** Text to be taken along: a program or a command. */
import { Copy } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { copyText } from "../../formats/actions.ts";
import { Button } from "../../ui/Button.tsx";

export function CodeBlock({ label, text, children }: { label: string; text: string; children?: ReactNode }): ReactNode {
  const parts = useEditor();
  return (
    <>
      <pre className="pb-export-code pb-mono" tabIndex={0} role="region" aria-label={label}>{text}</pre>
      <div className="pb-export-actions">
        <Button label="Copy" icon={<Copy />} variant="primary" onClick={() => void copyText(parts, text, `${label} is on the clipboard.`)} />
        {children}
      </div>
    </>
  );
}
