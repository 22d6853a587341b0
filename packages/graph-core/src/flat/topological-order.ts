/** Orders nodes so that sources come first, and names the circles where that is impossible. Never recursive. */

/** Indices in order (ties as given), and for what is left over the strongly connected groups that are cycles. */
export function topologicalOrder(count: number, edges: Edges): { order: number[]; cycles: number[][] } {
  // Targets of all nodes in one array: those of node i lie between starts[i] and starts[i + 1].
  const starts = new Int32Array(count + 2);
  const waiting = new Int32Array(count);
  for (let e = 0; e < edges.from.length; e++) {
    starts[edges.from[e]! + 2]!++;
    waiting[edges.to[e]!]!++;
  }
  for (let i = 2; i < count + 2; i++) starts[i]! += starts[i - 1]!;
  const targets = new Int32Array(edges.from.length);
  for (let e = 0; e < edges.from.length; e++) targets[starts[edges.from[e]! + 1]!++] = edges.to[e]!;
  const order: number[] = [];
  for (let i = 0; i < count; i++) if (waiting[i] === 0) order.push(i);
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    for (let t = starts[node]!; t < starts[node + 1]!; t++) if (--waiting[targets[t]!]! === 0) order.push(targets[t]!);
  }
  if (order.length === count) return { order, cycles: [] };
  const next = Array.from({ length: count }, (_, i) => [...targets.subarray(starts[i], starts[i + 1])]);
  return { order, cycles: findCycles(next, waiting) };
}

/** Edge `e` leads from `from[e]` to `to[e]`. */
export interface Edges {
  from: Int32Array;
  to: Int32Array;
}

/** Tarjan's algorithm with its own stack, over the nodes that could not be ordered. One shortest cycle a component. */
function findCycles(next: readonly (readonly number[])[], waiting: Int32Array): number[][] {
  const count = next.length;
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const cycles: number[][] = [];
  let counter = 0;
  for (let root = 0; root < count; root++) {
    if (waiting[root] === 0 || index[root] !== -1) continue;
    const work: { node: number; edge: number }[] = [{ node: root, edge: 0 }];
    while (work.length) {
      const frame = work.at(-1)!;
      const { node } = frame;
      if (frame.edge === 0) {
        index[node] = low[node] = counter++;
        stack.push(node);
        onStack[node] = 1;
      }
      let descended = false;
      const targets = next[node]!;
      while (frame.edge < targets.length) {
        const to = targets[frame.edge++]!;
        if (index[to] === -1) {
          work.push({ node: to, edge: 0 });
          descended = true;
          break;
        }
        if (onStack[to]) low[node] = Math.min(low[node]!, index[to]!);
      }
      if (descended) continue;
      // A frame without edges would be entered again as new: it is always popped here instead.
      work.pop();
      const parent = work.at(-1);
      if (parent) low[parent.node] = Math.min(low[parent.node]!, low[node]!);
      if (low[node] !== index[node]) continue;
      const component: number[] = [];
      for (let member = -1; member !== node; ) {
        member = stack.pop()!;
        onStack[member] = 0;
        component.push(member);
      }
      if (component.length > 1 || targets.includes(node)) cycles.push(shortestCycle(component, next));
    }
  }
  return cycles;
}

/** A breadth-first walk from the component's first node back to itself. */
function shortestCycle(component: readonly number[], next: readonly (readonly number[])[]): number[] {
  const inside = new Set(component);
  const start = component.reduce((a, b) => Math.min(a, b));
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    for (const to of next[node]!) {
      if (to === start) {
        const cycle = [node];
        while (cycle[0] !== start) cycle.unshift(cameFrom.get(cycle[0]!)!);
        return cycle;
      }
      if (inside.has(to) && !cameFrom.has(to)) {
        cameFrom.set(to, node);
        queue.push(to);
      }
    }
  }
  return [start];
}
