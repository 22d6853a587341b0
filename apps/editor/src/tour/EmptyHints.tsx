/** What an empty canvas says: how to begin, and the examples as buttons. Clicks beside the buttons reach the canvas. */
import { ImagePlus, MousePointerClick, PanelLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useEditor } from "../app/editor-context.ts";
import { ExampleCard } from "../examples/ExampleCard.tsx";
import "./tour.css";

export function EmptyHints(): ReactNode {
  const { editor, examples } = useEditor();
  return (
    <div className="pb-empty">
      <div className="pb-empty-inside">
        <h2>Draw a pipeline</h2>
        <ul className="pb-empty-ways">
          <li><MousePointerClick aria-hidden="true" /><span>Double-click anywhere, or press <kbd>Space</kbd>, and type what you need</span></li>
          <li><ImagePlus aria-hidden="true" /><span>Drop or paste a picture, an ONNX file or a graph</span></li>
          <li><PanelLeft aria-hidden="true" /><span>Drag nodes from the <button type="button" className="pb-link" onClick={() => editor.setUi({ panels: { ...editor.store.getState().ui.panels, library: true } })}>node library</button>, or <button type="button" className="pb-link" onClick={() => editor.setUi({ tour: 0 })}>take the tour</button></span></li>
        </ul>
        {examples?.length ? (
          <>
            <p className="pb-empty-or"><span>or begin with something that works</span></p>
            <ul className="pb-empty-examples">
              {examples.map((example) => (
                <li key={example.name}>
                  <ExampleCard example={example} brief />
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </div>
  );
}
