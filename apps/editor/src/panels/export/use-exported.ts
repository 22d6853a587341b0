/** The graph as it would be exported now. */
import { useEffect, useState } from "react";
import { useEditor, useEditorState } from "../../app/editor-context.ts";
import { exported, type JsonOptions } from "../../formats/actions.ts";
import type { ExportedGraph } from "../../formats/export-graph.ts";

/** Null while it is made; a sentence where it cannot be. */
export function useExported({ form, packages, encodings }: JsonOptions): ExportedGraph | string | null {
  const parts = useEditor();
  const document = useEditorState((s) => s.history.document);
  const [made, setMade] = useState<ExportedGraph | string | null>(null);
  useEffect(() => {
    let current = true;
    setMade(null);
    exported(parts, { form, packages, encodings }).then(
      (one) => current && setMade(one),
      (error: unknown) => current && setMade(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      current = false;
    };
  }, [parts, document, form, packages, encodings]);
  return made;
}
