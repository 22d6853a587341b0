/** The graph for elsewhere: as a file, a picture, a network, a program or a command. */
import { Tabs } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Dialog } from "../ui/Dialog.tsx";
import { CommandTab } from "./export/CommandTab.tsx";
import { GraphFileTab } from "./export/GraphFileTab.tsx";
import { OnnxTab } from "./export/OnnxTab.tsx";
import { PictureTab } from "./export/PictureTab.tsx";
import { SnippetTab } from "./export/SnippetTab.tsx";
import "./export/export.css";

const TABS: readonly { readonly id: string; readonly title: string; readonly Content: () => ReactNode }[] = [
  { id: "json", title: "JSON", Content: GraphFileTab },
  { id: "png", title: "Picture", Content: PictureTab },
  { id: "onnx", title: "ONNX", Content: OnnxTab },
  { id: "typescript", title: "TypeScript", Content: SnippetTab },
  { id: "command", title: "Command line", Content: CommandTab },
];

export function ExportDialog({ onClose, dialogKey }: { onClose: () => void; dialogKey?: string }): ReactNode {
  const [tab, setTab] = useState(TABS.some(({ id }) => id === dialogKey) ? dialogKey! : "json");
  return (
    <Dialog title="Export" onClose={onClose}>
      <Tabs.Root value={tab} onValueChange={setTab}>
        <Tabs.List className="pb-export-tabs" aria-label="What to export">
          {TABS.map(({ id, title }) => (
            <Tabs.Trigger key={id} value={id} className="pb-export-tab">{title}</Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(({ id, Content }) => (
          <Tabs.Content key={id} value={id} className="pb-export-content">
            <Content />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
