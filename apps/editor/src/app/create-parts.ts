/** Puts one editor together: its state, engine and files. */
import type { GraphDocument, NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime";
import { createEngine, type EngineOptions } from "../engine/create-engine.ts";
import { createRunControl } from "../engine/create-run-control.ts";
import type { ExampleEntry } from "../examples/example-entry.ts";
import { followFacts } from "../engine/follow-facts.ts";
import { createEditor } from "../model/editor.ts";
import type { UiState } from "../model/ui-state.ts";
import type { GraphFiles } from "../storage/graph-files.ts";
import type { Workspace } from "../storage/workspace.ts";
import type { EditorParts } from "./editor-parts.ts";

export interface PartsOptions {
  registry: NodeRegistry<RunnableNode>;
  document: GraphDocument;
  files: GraphFiles;
  assets: string;
  engine?: Pick<EngineOptions, "worker" | "nodes">;
  ui?: Partial<UiState>;
  examples?: readonly ExampleEntry[];
  /** Opens the storage that follows the editor; absent where a host keeps the graph. */
  workspace?: (parts: Omit<EditorParts, "workspace">) => Workspace;
}

export interface MadeParts extends EditorParts {
  dispose(): void;
}

export function createParts({ registry, document, files, assets, engine: engineOptions = {}, ui, examples, workspace: openWorkspace }: PartsOptions): MadeParts {
  const editor = createEditor({ registry, document, ...(ui ? { ui } : {}) });
  const engine = createEngine({ assets, files, ...engineOptions });
  const run = createRunControl(editor, engine);
  const endFacts = followFacts(editor, files, assets, engine);
  const parts = { editor, engine, run, files, assets, ...(examples ? { examples } : {}) };
  const workspace = openWorkspace?.(parts) ?? null;
  return {
    ...parts,
    workspace,
    dispose() {
      run.dispose();
      endFacts();
      workspace?.dispose();
      engine.dispose();
    },
  };
}
