/** The graph as a file that `patchbay run` and this editor open. */
import { Copy, Download, Save } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { copyText, exportJson, saveToFile, type JsonOptions } from "../../formats/actions.ts";
import { sizeText } from "../../formats/file-name.ts";
import { Button } from "../../ui/Button.tsx";
import { Notes } from "./Notes.tsx";
import { Option } from "./Option.tsx";
import { useExported } from "./use-exported.ts";

export function GraphFileTab(): ReactNode {
  const parts = useEditor();
  const [options, setOptions] = useState<Required<JsonOptions>>({ form: "self-contained", packages: false, encodings: false });
  const made = useExported(options);
  const set = (change: Partial<JsonOptions>): void => setOptions({ ...options, ...change });
  const isWhole = options.form === "self-contained";
  return (
    <>
      <fieldset className="pb-export-choice">
        <legend className="pb-visually-hidden">Files of the graph</legend>
        <label data-chosen={isWhole}>
          <input type="radio" name="pb-export-form" checked={isWhole} onChange={() => set({ form: "self-contained" })} />
          <strong>Self-contained</strong>
          <span>Pictures and other files travel with the graph: it runs anywhere.</span>
        </label>
        <label data-chosen={!isWhole}>
          <input type="radio" name="pb-export-form" checked={!isWhole} onChange={() => set({ form: "reference" })} />
          <strong>By reference</strong>
          <span>The graph names its files. Small, and good to keep beside them.</span>
        </label>
      </fieldset>
      {isWhole ? <Option title="Include pictures of npm packages" about="Needed only where the packages are not installed." checked={options.packages} onChange={(packages) => set({ packages })} /> : null}
      <Option title="Include encodings and galleries" about="They describe faces of people. Off: they stay on this machine." checked={options.encodings} onChange={(encodings) => set({ encodings })} />
      <p className="pb-export-made" role="status">
        {made === null ? "Preparing …" : typeof made === "string" ? made : <><strong>{made.name}</strong> · {sizeText(made.bytes.length)}</>}
      </p>
      {made && typeof made !== "string" ? <Notes notes={made.notes} /> : null}
      <div className="pb-export-actions">
        <Button label="Download" icon={<Download />} variant="primary" disabled={!made || typeof made === "string"} onClick={() => void exportJson(parts, options)} />
        <Button label="Save to file" icon={<Save />} help="Writes to the file it was opened from, or to one that you choose" onClick={() => void saveToFile(parts)} />
        <Button
          label="Copy" icon={<Copy />} disabled={!made || typeof made === "string" || made.kind !== "json"}
          onClick={() => made && typeof made !== "string" && void copyText(parts, new TextDecoder().decode(made.bytes), "The graph is on the clipboard, as JSON.")}
        />
      </div>
    </>
  );
}
