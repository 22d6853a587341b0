/** Where a card stands beside what it speaks of: on its side, inside the frame, and never over it where that can be helped. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

const GAP = 14;
const EDGE = 10;

const within = (value: number, size: number, frame: number): number => Math.round(Math.max(EDGE, Math.min(frame - size - EDGE, value)));

export function placeBeside(target: Box | null, card: Size, frame: Size, side: "right" | "below"): { x: number; y: number } {
  if (!target) return { x: within((frame.width - card.width) / 2, card.width, frame.width), y: within(frame.height - card.height - 64, card.height, frame.height) };
  const fitsRight = target.x + target.width + GAP + card.width + EDGE <= frame.width;
  if (side === "right" && fitsRight) return { x: target.x + target.width + GAP, y: within(target.y + 56, card.height, frame.height) };
  const x = within(target.x + target.width / 2 - card.width / 2, card.width, frame.width);
  const below = target.y + target.height + GAP;
  if (below + card.height + EDGE <= frame.height) return { x, y: Math.round(below) };
  const above = target.y - GAP - card.height;
  return { x, y: above >= EDGE ? Math.round(above) : within(frame.height - card.height - 40, card.height, frame.height) };
}

/** The ring around what is pointed at: a little larger, but not beyond the frame. */
export function clip({ x, y, width, height }: Box, frame: Size): Box {
  const [left, top] = [Math.max(3, x - 4), Math.max(3, y - 4)];
  return { x: left, y: top, width: Math.min(frame.width - 3, x + width + 4) - left, height: Math.min(frame.height - 3, y + height + 4) - top };
}
