/** A formula set by the browser itself: KaTeX turns LaTeX into MathML, which needs no fonts and can be read aloud. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { formulaLines } from "./formula-lines.ts";

/** Null until KaTeX is there; the LaTeX stands meanwhile. */
export function Formula({ latex }: { latex: string }): ReactNode {
  const [markup, setMarkup] = useState<{ latex: string; html: string } | null>(null);
  useEffect(() => {
    let stale = false;
    void import("katex").then(
      ({ default: katex }) => stale || setMarkup({ latex, html: formulaLines(latex).map((line) => katex.renderToString(line, { output: "mathml", displayMode: true, throwOnError: false, trust: false })).join("") }),
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [latex]);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelectorAll("math").forEach(fit), [markup]);
  if (markup?.latex !== latex) return <p className="pb-formula pb-mono">{latex}</p>;
  // Made by KaTeX, which escapes what it is given; formulas come from declarations.
  return <div ref={box} className="pb-formula" tabIndex={0} role="group" aria-label="Formula" dangerouslySetInnerHTML={{ __html: markup.html }} />;
}

/** In pixels: as it is set, and how small it may become before it scrolls. */
const SIZE = 15;
const SMALLEST = 11.5;

/** A line that is a little too long for the panel is set smaller. */
function fit(math: MathMLElement): void {
  const room = math.closest(".pb-formula")!.clientWidth - 20;
  const width = math.getBoundingClientRect().width;
  if (width > room) math.style.fontSize = `${Math.max(SMALLEST, (SIZE * room) / width)}px`;
}
