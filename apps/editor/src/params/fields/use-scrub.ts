/** Dragging sideways changes a number: over its slider's length where it has one, else step by step. Shift is ten times as fine. */
import type { NumberParam } from "@patchbay/graph-core";
import { useRef, type HTMLAttributes, type PointerEvent } from "react";
import { clampTo, stepOf, tidy } from "../number-entry.ts";
import { sliderScale, type SliderScale } from "../slider-scale.ts";

/** Pixels that a press may move and still be a press. */
const STILL = 3;
const PIXELS_PER_STEP = 4;

interface Drag {
  readonly x: number;
  readonly value: number;
  readonly scale: SliderScale | null;
  readonly length: number;
  moved: boolean;
}

export interface ScrubOptions {
  readonly spec: NumberParam;
  readonly value: number;
  readonly disabled: boolean;
  /** Pixels that stand for the whole of the slider; by default the element's width. */
  readonly length?: number;
  onChange(value: number): void;
  onDone(): void;
  /** Pressed without dragging. */
  onPress?(): void;
}

export function useScrub({ spec, value, disabled, length, onChange, onDone, onPress }: ScrubOptions): Pick<HTMLAttributes<HTMLElement>, "onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel"> {
  const drag = useRef<Drag | null>(null);
  const end = (event: PointerEvent<HTMLElement>, pressed: boolean): void => {
    const ended = drag.current;
    drag.current = null;
    if (!ended) return;
    event.currentTarget.removeAttribute("data-scrubbing");
    if (ended.moved) onDone();
    else if (pressed) onPress?.();
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0 || disabled || !Number.isFinite(value)) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, value, scale: sliderScale(spec, value), length: length ?? Math.max(80, event.currentTarget.getBoundingClientRect().width), moved: false };
    },
    onPointerMove(event) {
      const now = drag.current;
      if (!now) return;
      const dx = event.clientX - now.x;
      if (!now.moved && Math.abs(dx) <= STILL) return;
      now.moved = true;
      event.currentTarget.setAttribute("data-scrubbing", "");
      const next = moved(spec, now, event.shiftKey ? dx / 10 : dx);
      if (next !== value) onChange(next);
    },
    onPointerUp: (event) => end(event, true),
    onPointerCancel: (event) => end(event, false),
  };
}

function moved(spec: NumberParam, { value, scale, length }: Drag, dx: number): number {
  if (scale) return scale.toValue(Math.min(1, Math.max(0, scale.toPosition(value) + dx / length)));
  const steps = Math.round(dx / PIXELS_PER_STEP);
  if (spec.scale === "log" && value > 0) return clampTo(spec, Number((value * 1.05 ** steps).toPrecision(2)));
  const step = stepOf(spec, value);
  return clampTo(spec, tidy(value + steps * step, step));
}
