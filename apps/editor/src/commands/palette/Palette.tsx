/** A field with a list under it that is worked from the keyboard: what both palettes are. */
import { Search } from "lucide-react";
import { useEffect, useId, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import "./palette.css";

export interface PaletteEntry {
  readonly key: string;
  /** Entries of one group in succession stand under its name. */
  readonly group: string;
  readonly content: ReactNode;
  choose(): void;
}

export interface PaletteProps {
  /** Its name for screen readers. */
  readonly title: string;
  readonly placeholder: string;
  readonly query: string;
  setQuery(query: string): void;
  readonly entries: readonly PaletteEntry[];
  /** A sentence above the list. */
  readonly about?: ReactNode;
  /** A sentence in the place of an empty list. */
  readonly none: string;
  /** In pixels of the window; absent: in the middle. */
  readonly screen?: { readonly x: number; readonly y: number } | undefined;
  onClose(): void;
}

const WIDTH = 430;
const HEIGHT = 460;
const EDGE = 8;
const PAGE = 8;

export function Palette({ title, placeholder, query, setQuery, entries, about, none, screen, onClose }: PaletteProps): ReactNode {
  const id = useId();
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(active, entries.length - 1);

  // The field has the focus while the palette is open; then what had it before.
  useEffect(() => {
    const before = document.activeElement;
    field.current!.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && (document.activeElement === document.body || document.activeElement === null)) before.focus({ preventScroll: true });
    };
  }, []);
  useLayoutEffect(() => void list.current?.querySelector(`[data-index="${at}"]`)?.scrollIntoView({ block: "nearest" }), [at, entries]);

  const search = (text: string): void => {
    setQuery(text);
    setActive(0);
    list.current?.scrollTo({ top: 0 });
  };
  const go = (to: number): void => setActive(entries.length ? (to + entries.length) % entries.length : 0);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey)) go(at + 1);
    else if (event.key === "ArrowUp" || event.key === "Tab") go(at - 1);
    else if (event.key === "PageDown") setActive(Math.min(entries.length - 1, at + PAGE));
    else if (event.key === "PageUp") setActive(Math.max(0, at - PAGE));
    else if (event.key === "Enter") entries[at]?.choose();
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="pb-palette-layer" data-middle={screen === undefined || undefined} onPointerDown={(event) => event.target === event.currentTarget && (event.preventDefault(), onClose())} onContextMenu={(event) => event.target === event.currentTarget && (event.preventDefault(), onClose())}>
      <div className="pb-palette" role="dialog" aria-modal="true" aria-label={title} style={placeAt(screen)} onKeyDown={onKeyDown}>
        <div className="pb-palette-field">
          <Search aria-hidden="true" />
          <input
            ref={field} type="text" role="combobox" aria-label={title} aria-expanded="true" aria-haspopup="listbox" aria-controls={`${id}-list`} aria-autocomplete="list"
            aria-activedescendant={entries.length ? `${id}-${at}` : undefined} placeholder={placeholder} value={query} autoComplete="off" autoCapitalize="off" spellCheck={false} onChange={(event) => search(event.target.value)}
          />
          <kbd aria-hidden="true">Esc</kbd>
        </div>
        {about ? <p className="pb-palette-about">{about}</p> : null}
        <div ref={list} id={`${id}-list`} className="pb-palette-list" role="listbox" aria-label={title}>
          {groupsOf(entries).map(({ group, from, to }) => (
            <div key={`${group} ${from}`} role="group" aria-label={group}>
              <div className="pb-palette-group" aria-hidden="true">{group}</div>
              {entries.slice(from, to).map((entry, i) => (
                <div
                  key={entry.key} id={`${id}-${from + i}`} data-index={from + i} className="pb-palette-entry" role="option" aria-selected={from + i === at}
                  onPointerMove={() => setActive(from + i)} onPointerDown={(event) => event.preventDefault()} onClick={() => entry.choose()}
                >
                  {entry.content}
                </div>
              ))}
            </div>
          ))}
        </div>
        {entries.length ? null : <p className="pb-palette-none">{none}</p>}
        <p className="pb-visually-hidden" role="status">{entries.length ? `${entries.length} ${entries.length === 1 ? "entry" : "entries"}.` : none}</p>
      </div>
    </div>
  );
}

function groupsOf(entries: readonly PaletteEntry[]): { group: string; from: number; to: number }[] {
  const groups: { group: string; from: number; to: number }[] = [];
  for (const [i, { group }] of entries.entries()) {
    const last = groups.at(-1);
    if (last?.group === group) last.to = i + 1;
    else groups.push({ group, from: i, to: i + 1 });
  }
  return groups;
}

/** Beside the place and inside the window; on a narrow one across it. */
function placeAt(screen: PaletteProps["screen"]): CSSProperties {
  const { innerWidth, innerHeight } = window;
  const width = Math.min(WIDTH, innerWidth - EDGE * 2);
  const height = Math.min(HEIGHT, innerHeight - EDGE * 2);
  if (!screen) return { width, maxHeight: height, left: (innerWidth - width) / 2, top: Math.max(EDGE, Math.min(innerHeight * 0.16, innerHeight - height - EDGE)) };
  const inside = (value: number, most: number): number => Math.max(EDGE, Math.min(value, most));
  return { width, maxHeight: height, left: inside(screen.x - 24, innerWidth - width - EDGE), top: inside(screen.y - 22, innerHeight - height - EDGE) };
}
