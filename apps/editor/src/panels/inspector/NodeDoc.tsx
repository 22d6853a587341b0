/** What a node does: its paragraph, its formula, where that comes from, and the reference. */
import type { NodeDeclaration } from "@patchbay/graph-core";
import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { useWords } from "../../app/use-words.ts";
import { withCode } from "../../params/with-code.tsx";
import { Formula } from "./Formula.tsx";

export function NodeDoc({ declaration }: { declaration: NodeDeclaration }): ReactNode {
  const { assets } = useEditor();
  const words = useWords();
  const { doc, formula, source, type } = declaration;
  return (
    <div className="pb-doc">
      <p>{withCode(words(doc))}</p>
      {formula ? <Formula latex={words(formula)} /> : null}
      {source ? <p className="pb-doc-source">Source: {withLinks(words(source))}</p> : null}
      {type === "Subgraph" ? null : (
        <a className="pb-doc-more" href={`${assets}docs/nodes.html#${type.toLowerCase()}`} target="_blank" rel="noreferrer">
          {declaration.title} in the reference <ExternalLink />
        </a>
      )}
    </div>
  );
}

/** `arXiv 1508.06576` leads to the paper. */
function withLinks(source: string): ReactNode {
  return source.split(/(arXiv[: ]\d{4}\.\d{4,5})/).map((part, i) =>
    i % 2 ? <a key={i} href={`https://arxiv.org/abs/${/\d{4}\.\d+/.exec(part)![0]}`} target="_blank" rel="noreferrer">{part}</a> : part,
  );
}
