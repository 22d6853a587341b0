/** Every shortcut, in the groups of the menus, found by words or by the keys themselves. */
import { Search } from "lucide-react";
import { useState, type ReactNode } from "react";
import { keyText } from "../ui/key-text.ts";
import { Dialog } from "../ui/Dialog.tsx";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import "./shortcuts.css";

interface Row {
  readonly title: string;
  readonly keys: readonly string[];
  readonly words: string;
}

const row = (title: string, keys: readonly string[], synonyms: readonly string[] = []): Row => ({ title, keys, words: [title, ...synonyms, ...keys].join(" ").toLowerCase() });

/** What hands do on the canvas, which is no command. */
const ON_CANVAS = (): readonly Row[] => [
  row("Move between nodes", ["←", "→", "↑", "↓"], ["arrows", "focus", "keyboard"]),
  row("Into a node, and out of it", ["↵", "Esc"], ["enter", "ports", "parameters"]),
  row("Connect from a port", ["↵", "↑ ↓", "↵"], ["wire", "enter"]),
  row("First and last node", ["Home", "End"]),
  row("Select several", ["Shift + drag"], ["box", "marquee"]),
  row("Add a node there", ["Double click"], ["search palette"]),
];

const groupsOf = (): readonly { title: string; rows: readonly Row[] }[] => {
  const groups = new Map<Command["group"], Row[]>();
  for (const { group, title, keys = [], synonyms } of commands) {
    const made = row(title, keys.filter((key) => !key.includes("Numpad")).map((key) => keyText(key)), synonyms);
    const list = groups.get(group);
    if (list) list.push(made);
    else groups.set(group, [made]);
  }
  return [...[...groups].map(([title, rows]) => ({ title, rows })), { title: "On the canvas", rows: ON_CANVAS() }];
};

export function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [query, setQuery] = useState("");
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = groupsOf().map(({ title, rows }) => ({ title, rows: rows.filter((r) => words.every((word) => r.words.includes(word) || title.toLowerCase().includes(word))) })).filter(({ rows }) => rows.length);
  return (
    <Dialog title="Keyboard shortcuts" size="wide" onClose={onClose}>
      <div className="pb-shortcuts-search">
        <Search aria-hidden="true" />
        <input type="search" className="pb-input" aria-label="Search shortcuts" placeholder="Search by name or key" value={query} autoComplete="off" spellCheck={false} data-autofocus onChange={(event) => setQuery(event.target.value)} />
      </div>
      <div className="pb-shortcuts">
        {groups.map(({ title, rows }) => (
          <section key={title} className="pb-shortcuts-group" aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map((r) => (
                <div key={r.title}>
                  <dt>{r.title}</dt>
                  <dd>{r.keys.slice(0, 4).map((key, i) => <kbd key={i}>{key}</kbd>)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {groups.length ? null : <p className="pb-shortcuts-none" role="status">No shortcut is called “{query.trim()}”.</p>}
    </Dialog>
  );
}
