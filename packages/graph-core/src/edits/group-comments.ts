/** Which frames go into a group with their nodes, and how the others name their members afterwards. */
import type { GraphComment } from "../document/document.ts";

export function commentsForGroup(comments: readonly GraphComment[], selected: ReadonlySet<string>, id: string): { inside: GraphComment[]; outside: GraphComment[] } {
  const inside: GraphComment[] = [];
  const outside: GraphComment[] = [];
  for (const comment of comments) {
    const members = comment.nodes ?? [];
    if (members.length > 0 && members.every((member) => selected.has(member))) {
      inside.push(comment);
      continue;
    }
    const left = members.filter((member) => !selected.has(member));
    // A frame around the whole group keeps it; one that only cuts into it loses those nodes.
    const whole = left.length < members.length && [...selected].every((member) => members.includes(member));
    outside.push(left.length === members.length ? comment : { ...comment, nodes: whole ? [...left, id] : left });
  }
  return { inside, outside };
}
