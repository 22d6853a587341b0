/** Menus as data: one list of items draws as a menu under a button and as a context menu. */
import { Check, ChevronRight } from "lucide-react";
import { ContextMenu, DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { usePortal } from "./portal.ts";

export type MenuItem =
  /** `about`: a second, fainter line. `checked` makes it one that is on or off. */
  | { kind?: "item"; title: string; about?: string; icon?: ReactNode; keys?: string; disabled?: boolean; danger?: boolean; checked?: boolean; run(): void }
  | { kind: "sub"; title: string; icon?: ReactNode; disabled?: boolean; items: readonly MenuItem[] }
  | { kind: "line" }
  | { kind: "label"; title: string }
  /** A sentence that is read, not chosen. */
  | { kind: "note"; text: string; tone?: "warning" };

export type MenuItems = readonly MenuItem[] | (() => readonly MenuItem[]);

type Parts = Pick<typeof DropdownMenu, "Item" | "Separator" | "Label" | "CheckboxItem" | "Sub" | "SubTrigger" | "SubContent">;

function drawItem(item: MenuItem, key: number, parts: Parts): ReactNode {
  const { Item, Separator, Label, CheckboxItem, Sub, SubTrigger, SubContent } = parts;
  switch (item.kind) {
    case "line":
      return <Separator key={key} className="pb-menu-line" />;
    case "label":
      return <Label key={key} className="pb-menu-label">{item.title}</Label>;
    case "note":
      return <div key={key} className="pb-menu-note" data-tone={item.tone}>{item.text}</div>;
    case "sub":
      return (
        <Sub key={key}>
          <SubTrigger className="pb-menu-item" disabled={item.disabled ?? false}>
            {item.icon}
            <span className="pb-menu-title">{item.title}</span>
            <ChevronRight className="pb-menu-more" />
          </SubTrigger>
          <SubContent className="pb-menu" sideOffset={4} collisionPadding={8}>{drawItems(item.items, parts)}</SubContent>
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

const drawItems = (items: readonly MenuItem[], parts: Parts): ReactNode => items.map((item, i) => drawItem(item, i, parts));

/** The items are asked for when the menu opens, not whenever what is under it is drawn. */
const Lazy = ({ items, parts }: { items: MenuItems; parts: Parts }): ReactNode => drawItems(typeof items === "function" ? items() : items, parts);

/** `children` is the button that opens it. */
export function Menu({ items, align = "start", side, onOpen, children }: { items: MenuItems; align?: "start" | "end"; side?: "top" | "bottom"; onOpen?: () => void; children: ReactElement }): ReactNode {
  const container = usePortal();
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && onOpen?.()}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content className="pb-menu" align={align} sideOffset={4} collisionPadding={8} {...(side ? { side } : {})}>
          <Lazy items={items} parts={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Opens on the secondary button, a long touch, or the menu key, over `children`. */
export function ContextMenuArea({ items, onOpen, children }: { items: () => readonly MenuItem[]; onOpen?: (event: { clientX: number; clientY: number; target: EventTarget }) => void; children: ReactElement }): ReactNode {
  const container = usePortal();
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenuCapture={(event) => onOpen?.(event)}>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal container={container}>
        <ContextMenu.Content className="pb-menu" collisionPadding={8}>
          <Lazy items={items} parts={ContextMenu as unknown as Parts} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
