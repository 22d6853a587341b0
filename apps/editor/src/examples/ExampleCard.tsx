/** An example as a card: its picture, its title, what it shows. The whole card is the button. */
import { LoaderCircle, Play } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { firstSentences } from "../ui/first-sentence.ts";
import type { ExampleEntry } from "./example-entry.ts";
import { openExample } from "./open-example.ts";
import "./examples.css";

export function ExampleCard({ example, brief = false }: { example: ExampleEntry; /** Without the description. */ brief?: boolean }): ReactNode {
  const parts = useEditor();
  const [opening, setOpening] = useState(false);
  const about = firstSentences(example.description, 170);
  const open = async (): Promise<void> => {
    setOpening(true);
    await openExample(parts, example);
    setOpening(false);
  };
  return (
    <button type="button" className="pb-example" data-brief={brief} aria-description={about} aria-busy={opening} disabled={opening} onClick={() => void open()}>
      <span className="pb-example-picture">
        {example.picture ? <img src={example.picture} alt="" width={480} height={300} loading="lazy" decoding="async" /> : null}
        <span className="pb-example-go">{opening ? <LoaderCircle className="pb-spin" /> : <Play fill="currentColor" />}</span>
      </span>
      <span className="pb-example-title">{example.title}</span>
      {brief ? null : <span className="pb-example-about" aria-hidden="true">{about}</span>}
    </button>
  );
}
