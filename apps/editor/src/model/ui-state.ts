/** Which panels and dialogs are open: what is worth keeping of the view, apart from the document. */
import type { Endpoint, PortType } from "@patchbay/graph-core";

export type DialogId = "examples" | "graphs" | "export" | "shortcuts" | "history" | "inspect-value" | "compare" | "share" | "interface";

/** The search palette: where it opens, and what the chosen node is connected to. */
export interface PaletteRequest {
  /** Where the node is put, in canvas coordinates. */
  readonly at: { readonly x: number; readonly y: number };
  /** Where the palette stands, in pixels of the window; absent: in the middle. */
  readonly screen?: { readonly x: number; readonly y: number };
  /** A wire was dropped: only nodes that fit are offered, and the one chosen is connected. */
  readonly wire?: { readonly end: Endpoint; readonly side: "output" | "input"; readonly type: PortType | readonly PortType[] };
  /** Key of a wire of this graph: only nodes that fit into it are offered, and the one chosen is put there. */
  readonly into?: string;
}

export interface Notice {
  readonly id: number;
  readonly kind: "info" | "success" | "warning" | "error";
  /** Full sentences. */
  readonly text: string;
  readonly action?: { readonly title: string; run(): void };
}

export interface UiState {
  readonly panels: { readonly library: boolean; readonly inspector: boolean; readonly problems: boolean };
  /** `key`: which value, node or tab the dialog is about. */
  readonly dialog: { readonly id: DialogId; readonly key?: string } | null;
  readonly palette: PaletteRequest | null;
  readonly commandPalette: boolean;
  readonly notices: readonly Notice[];
  /** The step of the tour that is shown, from 0; null: none. */
  readonly tour: number | null;
  readonly snap: boolean;
  readonly minimap: boolean;
  /** Follows the system unless chosen. */
  readonly theme: "system" | "light" | "dark";
  /** Counts up to ask the canvas to do something that only it can: `target` in canvas terms. */
  readonly view: { readonly request: number; readonly target: ViewTarget };
  /** Where the canvas looks at the top level, as it reports when a movement ends; a canvas that starts with one shows it. Kept with the graph. */
  readonly viewport?: Viewport;
}

/** Pixels by which the canvas's origin is moved, and its scale. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export type ViewTarget =
  | { readonly kind: "fit" }
  | { readonly kind: "selection" }
  /** The node gets the focus, unless it had it already: then it may have gone on by now. */
  | { readonly kind: "node"; readonly id: string; readonly focused?: boolean }
  | { readonly kind: "zoom"; readonly by: number }
  | { readonly kind: "viewport"; readonly viewport: Viewport };

export const INITIAL_UI: UiState = {
  panels: { library: true, inspector: true, problems: false },
  dialog: null,
  palette: null,
  commandPalette: false,
  notices: [],
  tour: null,
  snap: true,
  minimap: true,
  theme: "system",
  view: { request: 0, target: { kind: "fit" } },
};
