/** Menus as data: one list of items draws as a menu under a button and as a context menu. */
import { ContextMenu, DropdownMenu } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { usePortal } from "./portal.ts";

export type MenuItem =
  | { kind?: "item"; title: string; icon?: ReactNode; keys?: string; disabled?: boolean; danger?: boolean; checked?: boolean; run(): void }
  | { kind: "line" }
  | { kind: "label"; title: string };

type Parts = Pick<typeof DropdownMenu, "Item" | "Separator" | "Label" | "CheckboxItem" | "ItemIndicator">;

const drawItems = (items: readonly MenuItem[], { Item, Separator, Label, CheckboxItem }: Parts): ReactNode =>
  items.map((item, i) => {
    if (item.kind === "line") return <Separator key={i} className="pb-menu-line" />;
    if (item.kind === "label") return <Label key={i} className="pb-menu-label">{item.title}</Label>;
    const inside = (
      <>
        {item.icon ?? (item.checked !== undefined ? <span style={{ width: 15 }}>{item.checked ? "✓" : ""}</span> : null)}
        <span>{item.title}</span>
        {item.keys ? <span className="pb-menu-keys">{item.keys}</span> : null}
      </>
    );
    const common = { className: "pb-menu-item", disabled: item.disabled ?? false, "data-danger": item.danger || undefined };
    return item.checked === undefined
      ? <Item key={i} {...common} onSelect={() => item.run()}>{inside}</Item>
      : <CheckboxItem key={i} {...common} checked={item.checked} onCheckedChange={() => item.run()}>{inside}</CheckboxItem>;
  });

/** `children` is the button that opens it. */
export function Menu({ items, align = "start", children }: { items: readonly MenuItem[] | (() => readonly MenuItem[]); align?: "start" | "end"; children: ReactElement }): ReactNode {
  const container = usePortal();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content className="pb-menu" align={align} sideOffset={4} collisionPadding={8}>
          {drawItems(typeof items === "function" ? items() : items, DropdownMenu)}
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
          <Lazy items={items} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** The items are asked for when the menu opens, not whenever what is under it is drawn. */
function Lazy({ items }: { items: () => readonly MenuItem[] }): ReactNode {
  return drawItems(items(), ContextMenu as unknown as Parts);
}
