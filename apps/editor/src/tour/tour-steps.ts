/** The three steps of the tour: what each points at, says, and by what it is over. */
import type { EditorState } from "../model/editor-state.ts";

export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** The first of these that is on the page is pointed at. */
  readonly at: readonly string[];
  readonly side: "right" | "below";
  /** The person has done it: the tour goes on by itself. */
  done(now: EditorState, before: EditorState): boolean;
}

export const TOUR: readonly TourStep[] = [
  {
    title: "Everything is a node",
    text: "Drag one from the library to the canvas, or double-click the canvas and type what you need: “blur”, “compare faces”, “loss”.",
    at: [".pb-library", "[data-tour='library']"],
    side: "right",
    done: (now, before) => now.history.document.nodes.length > before.history.document.nodes.length && now.history.past.length > before.history.past.length,
  },
  {
    title: "Wires carry shapes",
    text: "Pull a wire from one port to another. It shows the tensor’s shape before anything has been computed, and turns red with the reason where two shapes do not fit.",
    at: [".pb-wire-label", ".react-flow__edge", ".pb-canvas"],
    side: "below",
    done: (now, before) => now.history.document.wires.length > before.history.document.wires.length && now.history.past.length > before.history.past.length,
  },
  {
    title: "Run it, or let it run live",
    text: "Run computes the graph here, on this machine. With Live on, every change computes again what it affects and nothing more.",
    at: ["[data-tour='run']"],
    side: "below",
    done: (now, before) => now.run.phase === "running" && before.run.phase === "idle",
  },
];
