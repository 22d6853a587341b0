/** The way of a wire: curves between columns, straight past the nodes of those it passes, never behind one; back to the left on a lane of its own. */
import type { Position } from "@patchbay/graph-core";
import type { Boxes } from "./node-box.ts";
import type { Placed } from "./place.ts";
import { num } from "./svg.ts";

const CLEAR = 16;
const APART = 9;
/** How far from its ends a wire that leads back turns. */
const TURN = 30;

/** Remembers the lanes that are taken, so that two wires never lie on each other. */
export function createRouter(placed: Placed, boxes: Boxes): (from: Position, to: Position, lead: number) => string {
  const taken: { column: number; y: number }[] = [];
  const spansOf = (ids: readonly string[]): { top: number; bottom: number }[] => ids.map((id) => ({ top: placed.at.get(id)!.y - CLEAR, bottom: placed.at.get(id)!.y + boxes.get(id)!.height + CLEAR }));
  return (from, to, lead) => {
    let d = `M${num(from.x)} ${num(from.y)}H${num(from.x + lead)}`;
    let here: Position = { x: from.x + lead, y: from.y };
    const curveTo = (x: number, y: number): void => {
      const bend = Math.max(12, (x - here.x) / 2);
      d += y === here.y ? `H${num(x)}` : `C${num(here.x + bend)} ${num(here.y)} ${num(x - bend)} ${num(y)} ${num(x)} ${num(y)}`;
      here = { x, y };
    };
    if (to.x < from.x) {
      const crossed = placed.columns.filter((column) => column.right >= to.x && column.left <= here.x).flatMap((column) => spansOf(column.ids));
      const free = (y: number): boolean => crossed.every((s) => y <= s.top || y >= s.bottom);
      const [wish, out, back] = [to.y - Math.sign(to.y - here.y) * 72, here.x + TURN, to.x - TURN];
      let off = 0;
      while (!free(wish - off) && !free(wish + off)) off += APART / 2;
      const lane = free(wish + off) ? wish + off : wish - off;
      const corner = (x: number, y: number, nextX: number, nextY: number): string => `Q${num(x)} ${num(y)} ${num(nextX)} ${num(nextY)}`;
      const [down, on] = [Math.sign(lane - here.y) * 14, Math.sign(to.y - lane) * 14];
      return `${d}H${num(out - 14)}${corner(out, here.y, out, here.y + down)}V${num(lane - down)}${corner(out, lane, out - 14, lane)}H${num(back + 14)}${corner(back, lane, back, lane + on)}V${num(to.y - on)}${corner(back, to.y, back + 14, to.y)}H${num(to.x)}`;
    }
    placed.columns.forEach((column, index) => {
      if (column.left <= from.x + 1 || column.right >= to.x - 1) return;
      const spans = spansOf(column.ids);
      const free = (y: number): boolean => spans.every((s) => y <= s.top || y >= s.bottom) && taken.every((t) => t.column !== index || Math.abs(t.y - y) >= APART);
      // As few bends as can be: straight on, else at once where it ends, else the nearest way past.
      const between = here.y + ((to.y - here.y) * (column.left - here.x)) / (to.x - here.x);
      const wish = [here.y, to.y].find(free) ?? between;
      let lane = wish;
      for (let off = 0; !free(lane); off += APART / 2) lane = free(wish - off) ? wish - off : wish + off;
      taken.push({ column: index, y: lane });
      curveTo(column.left - 10, lane);
      d += `H${num(column.right + 10)}`;
      here = { x: column.right + 10, y: lane };
    });
    curveTo(to.x - 8, to.y);
    return `${d}H${num(to.x)}`;
  };
}
