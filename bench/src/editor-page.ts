/** What the measured page offers to the program that measures it, as `window.bench`. */

export type Gesture = "pan" | "zoom" | "drag";

/** Where a gesture begins, found before anything is timed. */
export interface Aim {
  readonly gesture: Gesture;
  readonly x: number;
  readonly y: number;
  /** The node that is dragged. */
  readonly node?: string;
}

/** All of the graph, or a few nodes at their full size around a node of its middle. */
export type View = "all" | "near";

export interface Opened {
  readonly milliseconds: number;
  readonly nodes: number;
  readonly wires: number;
  /** Of the canvas. */
  readonly width: number;
  readonly height: number;
}

/** Milliseconds after the edit. */
export interface EditTimes {
  /** Every type of the graph is known again. */
  readonly typed: number;
  /** The new shape stands on its wires in the page. */
  readonly shown: number;
  /** The frame with it is done. */
  readonly drawn: number;
}

export interface Bench {
  readonly ready: Promise<Opened>;
  look(at: View): Promise<void>;
  aim(gesture: Gesture): Aim;
  perform(at: Aim): Promise<number[]>;
  /** Everything back to where it was. */
  restore(): Promise<void>;
  /** Of our editor: a parameter is changed that changes types downstream. */
  edit?(width: number): Promise<EditTimes>;
  /** Of our editor: back over this many such edits at once, to the one that set this width. */
  jump?(steps: number, width: number): Promise<EditTimes>;
}
