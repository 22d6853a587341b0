/** Runs any action by its name, adds any node, goes to any node, opens any example. */
import { BookOpen, Boxes, CircleHelp, Crosshair, Eye, FileText, Pencil, Play, Plus } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useEditor, useEditorState } from "../app/editor-context.ts";
import { Palette } from "./palette/Palette.tsx";
import { paletteActions, type PaletteAction } from "./palette/palette-actions.ts";
import { addRecent, recent } from "./palette/recent.ts";

export function CommandPalette(): ReactNode {
  return useEditorState((s) => s.ui.commandPalette) ? <OpenPalette /> : null;
}

const ICONS: { readonly [K in PaletteAction["kind"]]: ReactNode } = { Edit: <Pencil />, View: <Eye />, Nodes: <Boxes />, Run: <Play />, Graph: <FileText />, Help: <CircleHelp />, add: <Plus />, go: <Crosshair />, example: <BookOpen /> };

function OpenPalette(): ReactNode {
  const parts = useEditor();
  const [query, setQuery] = useState("");
  const [used] = useState(() => recent("commands"));
  const actions = useMemo(() => paletteActions(parts, query, used), [parts, query, used]);
  const close = (): void => parts.editor.setUi({ commandPalette: false });
  const choose = (action: PaletteAction): void => {
    close();
    if (action.command !== undefined) addRecent("commands", action.command);
    // What had the focus before has it again, so that a window that opens gives it back there.
    requestAnimationFrame(() => action.run());
  };
  return (
    <Palette
      title="Command palette" placeholder="Search commands, nodes and examples" query={query} setQuery={setQuery} onClose={close} none={`Nothing is called “${query.trim()}”.`}
      entries={actions.map((action) => ({
        key: action.key,
        group: action.group,
        choose: () => choose(action),
        content: (
          <>
            <span className="pb-palette-icon">{ICONS[action.kind]}</span>
            <span className="pb-palette-words"><span className="pb-palette-title">{action.title}</span></span>
            {action.side ? <span className="pb-palette-side">{action.side}</span> : null}
            {action.keys ? <kbd className="pb-palette-keys">{action.keys}</kbd> : null}
          </>
        ),
      }))}
    />
  );
}
