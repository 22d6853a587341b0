/** The menu that is open. Loaded when the first one is about to be: finding its place takes more code than everything else on a button. */
import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useEffect, useRef, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { rememberOpener } from "./focus-return.ts";
import type { MenuItem, MenuItems } from "./Menu.tsx";
import { usePortal } from "./portal.ts";

const { Item, Separator, Label, CheckboxItem, Sub, SubTrigger, SubContent } = DropdownMenu;

function drawItem(item: MenuItem, key: number | string): ReactNode {
  switch (item.kind) {
    case "line":
      return <Separator key={key} className="pb-menu-line" />;
    case "label":
      return <Label key={key} className="pb-menu-label">{item.title}</Label>;
    case "note":
      return <div key={key} className="pb-menu-note" data-tone={item.tone}>{item.text}</div>;
    case "sub":
      // Where there is no room for a second menu beside the first, its items stand in it.
      if (window.innerWidth < 560) return [<Separator key={`${key} line`} className="pb-menu-line" />, <Label key={key} className="pb-menu-label">{item.title}</Label>, ...item.items.map((inner, i) => drawItem(inner, `${key} ${i}`))];
      return (
        <Sub key={key}>
          <SubTrigger className="pb-menu-item" disabled={item.disabled ?? false}>
            {item.icon}
            <span className="pb-menu-title">{item.title}</span>
            <ChevronRight className="pb-menu-more" />
          </SubTrigger>
          <SubContent className="pb-menu" sideOffset={4} collisionPadding={8}>{item.items.map(drawItem)}</SubContent>
        </Sub>
      );
    default: {
      const inside = (
        <>
          {item.checked === undefined ? item.icon : <span className="pb-menu-check">{item.checked ? <Check /> : null}</span>}
          <span className="pb-menu-title">
            {item.title}
            {item.about ? <span className="pb-menu-about">{item.about}</span> : null}
          </span>
          {item.keys ? <span className="pb-menu-keys">{item.keys}</span> : null}
        </>
      );
      const common = { className: "pb-menu-item", disabled: item.disabled ?? false, "data-danger": item.danger || undefined };
      return item.checked === undefined
        ? <Item key={key} {...common} onSelect={() => item.run()}>{inside}</Item>
        : <CheckboxItem key={key} {...common} checked={item.checked} onCheckedChange={() => item.run()}>{inside}</CheckboxItem>;
    }
  }
}

export interface MenuContentProps {
  items: MenuItems;
  /** What it opens beside, in pixels of the window. */
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Gets the focus back; presses on it do not close the menu, since they are answered there. */
  from: HTMLElement | null;
  label: string;
  align: "start" | "end";
  side: "top" | "bottom" | "right";
  /** Opened by a key: the first item has the focus. */
  byKey: boolean;
  onClose: () => void;
}

export function MenuContent({ items, place, from, label, align, side, byKey, onClose }: MenuContentProps): ReactNode {
  const container = usePortal();
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => rememberOpener(from), [from]);
  useEffect(() => {
    if (!byKey) return;
    const frame = requestAnimationFrame(() => content.current?.querySelector<HTMLElement>("[role^='menuitem']:not([data-disabled])")?.focus());
    return () => cancelAnimationFrame(frame);
  }, [byKey]);
  const anchor = <span aria-hidden="true" className="pb-menu-anchor" style={{ left: place.x, top: place.y, width: place.width, height: place.height }} />;
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => open || onClose()}>
      {createPortal(<DropdownMenu.Trigger asChild disabled>{anchor}</DropdownMenu.Trigger>, container ?? document.body)}
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          ref={content} className="pb-menu" aria-label={label} aria-labelledby={undefined} align={align} side={side} sideOffset={side === "right" ? 2 : 4} collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Unless the item that was chosen moved the focus itself.
            if (document.activeElement === null || document.activeElement === document.body || content.current?.contains(document.activeElement)) from?.focus({ preventScroll: true });
          }}
          onInteractOutside={(event) => from?.contains(event.target as Node) && side !== "right" && event.preventDefault()}
        >
          {(typeof items === "function" ? items() : items).map(drawItem)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
