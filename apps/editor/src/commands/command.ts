/** An action that a person can take: one entry serves the shortcut, the command palette, menus, toolbar and the list of shortcuts. */
import type { EditorParts } from "../app/editor-parts.ts";

export interface Command {
  /** Kebab-case and stable. */
  readonly id: string;
  /** As on a menu: “Zoom to selection”. */
  readonly title: string;
  readonly group: "Edit" | "View" | "Nodes" | "Run" | "Graph" | "Help";
  /** tinykeys syntax (`$mod+KeyZ`); the first is the one shown. None while a text field has the focus unless `inFields`. */
  readonly keys?: readonly string[];
  readonly inFields?: boolean;
  /** Further words by which the palette finds it. */
  readonly synonyms?: readonly string[];
  /** Absent: always. */
  enabled?(parts: EditorParts): boolean;
  run(parts: EditorParts): void | Promise<void>;
}
