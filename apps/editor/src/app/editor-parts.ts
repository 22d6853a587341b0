/** Everything that a component may act on. Made once for each editor on a page. */
import type { Editor } from "../model/editor.ts";
import type { RunControl } from "../engine/run-control.ts";
import type { Engine } from "../engine/engine.ts";
import type { ExampleEntry } from "../examples/example-entry.ts";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { Workspace } from "../storage/workspace.ts";

export interface EditorParts {
  readonly editor: Editor;
  readonly engine: Engine;
  readonly run: RunControl;
  /** The files that the open graph names by relative paths. */
  readonly files: GraphFiles;
  /** The graphs of this browser, autosaved; null where the editor is embedded and its host keeps the graph. */
  readonly workspace: Workspace | null;
  /** Where the built editor's own files are: `npm/…` packages' files, `examples/…`, `engine/…`. Ends with `/`. */
  readonly assets: string;
  /** What the gallery of examples shows; absent where a host offers none. */
  readonly examples?: readonly ExampleEntry[];
}
