/** Menus as data: one list of items draws as a menu under a button and as a context menu. */
import { cloneElement, lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactElement, type ReactNode } from "react";
import type { MenuContentProps } from "./MenuContent.tsx";

export type MenuItem =
  /** `about`: a second, fainter line. `checked` makes it one that is on or off. */
  | { kind?: "item"; title: string; about?: string; icon?: ReactNode; keys?: string; disabled?: boolean; danger?: boolean; checked?: boolean; run(): void }
  | { kind: "sub"; title: string; icon?: ReactNode; disabled?: boolean; items: readonly MenuItem[] }
  | { kind: "line" }
  | { kind: "label"; title: string }
  /** A sentence that is read, not chosen. */
  | { kind: "note"; text: string; tone?: "warning" };

/** A function is asked when the menu opens, not whenever what is under it is drawn. */
export type MenuItems = readonly MenuItem[] | (() => readonly MenuItem[]);

const load = () => import("./MenuContent.tsx");
const preload = (): void => void load().catch(() => undefined);
const Content = lazy(async () => ({ default: (await load()).MenuContent }));

const nameOf = (element: HTMLElement): string => element.getAttribute("aria-label") ?? element.textContent ?? "";

type Opened = Pick<MenuContentProps, "place" | "from" | "label" | "byKey">;
type TriggerProps = { onClick?: (event: MouseEvent) => void; onKeyDown?: (event: KeyboardEvent) => void };

/** `children` is the button that opens it. */
export function Menu({ items, align = "start", side = "bottom", onOpen, children }: { items: MenuItems; align?: "start" | "end"; side?: "top" | "bottom"; onOpen?: () => void; children: ReactElement }): ReactNode {
  const [opened, setOpened] = useState<Opened | null>(null);
  const own = children.props as TriggerProps;
  const open = (from: HTMLElement, byKey: boolean): void => {
    onOpen?.();
    setOpened({ place: from.getBoundingClientRect(), from, label: nameOf(from), byKey });
  };
  const trigger = cloneElement(children as ReactElement<Record<string, unknown>>, {
    "aria-haspopup": "menu",
    "aria-expanded": opened !== null,
    onPointerEnter: preload,
    onFocus: preload,
    onClick(event: MouseEvent<HTMLElement>) {
      own.onClick?.(event);
      // A click that a key made has no count.
      if (opened) setOpened(null);
      else open(event.currentTarget, event.detail === 0);
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      own.onKeyDown?.(event);
      if (event.key !== "ArrowDown" || opened) return;
      event.preventDefault();
      open(event.currentTarget, true);
    },
  });
  return (
    <>
      {trigger}
      {opened ? <Suspense fallback={null}><Content {...opened} items={items} align={align} side={side} onClose={() => setOpened(null)} /></Suspense> : null}
    </>
  );
}

/** How long a finger rests before it means the menu, and how far it may slip. */
const LONG = 600;
const SLIP = 10;

const isTextField = (target: Element): boolean => target.closest("input:not([type='checkbox'], [type='radio'], [type='range'], [type='button']), textarea, [contenteditable='true']") !== null;

/** Opens on the secondary button, a long touch, or the menu key, over `children`. In text fields the browser's own menu stays. */
export function ContextMenuArea({ items, onOpen, children }: { items: () => readonly MenuItem[]; onOpen?: (event: { clientX: number; clientY: number; target: EventTarget }) => void; children: ReactElement }): ReactNode {
  const [opened, setOpened] = useState<Opened | null>(null);
  const press = useRef<{ timer: number; x: number; y: number } | null>(null);
  const drop = (): void => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => drop, []);
  const open = (x: number, y: number, target: Element, byKey: boolean): void => {
    drop();
    onOpen?.({ clientX: x, clientY: y, target });
    setOpened({ place: { x, y, width: 0, height: 0 }, from: document.activeElement instanceof HTMLElement ? document.activeElement : null, label: "Menu", byKey });
  };
  const own = children.props as { onContextMenu?: (event: MouseEvent) => void; onPointerDown?: (event: PointerEvent) => void; onPointerMove?: (event: PointerEvent) => void };
  const area = cloneElement(children as ReactElement<Record<string, unknown>>, {
    onContextMenu(event: MouseEvent<HTMLElement>) {
      own.onContextMenu?.(event);
      const { target } = event;
      // Events of what is drawn elsewhere, such as an open menu, pass through here as well.
      if (!(target instanceof Element) || !event.currentTarget.contains(target) || event.defaultPrevented || isTextField(target)) return;
      event.preventDefault();
      const box = target.getBoundingClientRect();
      const byKey = event.button !== 2;
      if (byKey && event.clientX === 0 && event.clientY === 0) open(box.x + box.width / 2, box.y + box.height / 2, target, true);
      else open(event.clientX, event.clientY, target, byKey);
    },
    onPointerDown(event: PointerEvent<HTMLElement>) {
      own.onPointerDown?.(event);
      drop();
      preload();
      const { target, clientX, clientY, pointerType, isPrimary } = event;
      if (pointerType !== "touch" || !isPrimary || !(target instanceof Element) || !event.currentTarget.contains(target) || isTextField(target)) return;
      press.current = { x: clientX, y: clientY, timer: setTimeout(() => open(clientX, clientY, target, false), LONG) as unknown as number };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      own.onPointerMove?.(event);
      if (press.current && Math.hypot(event.clientX - press.current.x, event.clientY - press.current.y) > SLIP) drop();
    },
    onPointerUp: drop,
    onPointerCancel: drop,
  });
  return (
    <>
      {area}
      {opened ? <Suspense fallback={null}><Content key={`${opened.place.x} ${opened.place.y}`} {...opened} items={items} align="start" side="right" onClose={() => setOpened(null)} /></Suspense> : null}
    </>
  );
}
