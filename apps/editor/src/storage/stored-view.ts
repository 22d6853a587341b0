/** What is kept of how a graph is looked at: reopening shows it as it was left. */
import type { Scope } from "@patchbay/graph-core";
import type { UiState, Viewport } from "../model/ui-state.ts";

export interface StoredView {
  readonly viewport?: Viewport;
  readonly panels: UiState["panels"];
  readonly snap: boolean;
  readonly minimap: boolean;
  readonly scope: Scope;
}

export const viewOf = (ui: UiState, scope: Scope): StoredView => ({ ...(ui.viewport ? { viewport: ui.viewport } : {}), panels: ui.panels, snap: ui.snap, minimap: ui.minimap, scope });

/** Whether nothing changed that is worth writing. */
export const sameView = (a: UiState, b: UiState): boolean => a.viewport === b.viewport && a.panels === b.panels && a.snap === b.snap && a.minimap === b.minimap;

/** Stored data may be of any shape: what does not look like a view is left out. */
export function readView(stored: unknown): { ui: Partial<Pick<UiState, "viewport" | "panels" | "snap" | "minimap">>; scope: Scope } {
  const view = isRecord(stored) ? stored : {};
  const { viewport, panels, snap, minimap, scope } = view;
  return {
    ui: {
      ...(isRecord(viewport) && [viewport["x"], viewport["y"]].every(Number.isFinite) && Number(viewport["zoom"]) > 0.01 && Number(viewport["zoom"]) < 100
        ? { viewport: { x: viewport["x"] as number, y: viewport["y"] as number, zoom: viewport["zoom"] as number } }
        : {}),
      ...(isRecord(panels) ? { panels: { library: panels["library"] !== false, inspector: panels["inspector"] !== false, problems: panels["problems"] === true } } : {}),
      ...(typeof snap === "boolean" ? { snap } : {}),
      ...(typeof minimap === "boolean" ? { minimap } : {}),
    },
    scope: Array.isArray(scope) && scope.every((id) => typeof id === "string") ? scope : [],
  };
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);
