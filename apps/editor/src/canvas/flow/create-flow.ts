/** What React Flow draws: follows the editor's document, holds what is dragged, and hands finished gestures back as edits. */
import { applyNodeChanges, type EdgeChange, type NodeChange, type NodePositionChange } from "@xyflow/react";
import type { Change, Position } from "@patchbay/graph-core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { bodyAt, prefixOf } from "../../model/document-view.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { Editor } from "../../model/editor.ts";
import type { NodeRun } from "../../model/run-state.ts";
import { commentId, isCard, type FlowNode, type FlowWire, type WireData } from "./flow-types.ts";
import { flowNodes } from "./flow-nodes.ts";
import { flowWires } from "./flow-wires.ts";
import { movesOf, takenAlong } from "./moves.ts";

export interface FlowState {
  readonly nodes: readonly FlowNode[];
  readonly wires: readonly FlowWire[];
}

export interface Flow {
  readonly store: StoreApi<FlowState>;
  /** What stands on each wire, by its key. */
  readonly facts: StoreApi<ReadonlyMap<string, WireData>>;
  onNodesChange(changes: readonly NodeChange<FlowNode>[]): void;
  /** A rectangle is drawn around nodes: frames that it only crosses are not meant. */
  setBoxSelecting(active: boolean): void;
  onWiresChange(changes: readonly EdgeChange<FlowWire>[]): void;
  /** A drag has ended: what moved becomes one step of the history, together with `more`. */
  commit(more?: { readonly changes: readonly Change[]; readonly label: string }): void;
  /** Everything back to where the document has it. */
  cancelDrag(): void;
  /** Starts following the editor; returns how to end it. */
  follow(): () => void;
}

const NOBODY: ReadonlySet<string> = new Set();

export function createFlow(editor: Editor): Flow {
  /** Nodes that frames have taken along in this drag. */
  let held = new Set<string>();
  let boxSelecting = false;
  let running: ReadonlySet<string> = NOBODY;
  let runs: ReadonlyMap<string, NodeRun> | null = null;
  const store = createStore<FlowState>(() => derive(editor.store.getState(), { nodes: [], wires: [] }));

  const factsOf = (wires: readonly FlowWire[]): ReadonlyMap<string, WireData> => new Map(wires.map((wire) => [wire.id, wire.data!]));
  const facts = createStore(() => factsOf(store.getState().wires));
  store.subscribe((now, before) => now.wires !== before.wires && facts.setState(factsOf(now.wires), true));

  function runningIn(state: EditorState, prefix: string): ReadonlySet<string> {
    if (state.run.nodes === runs) return running;
    runs = state.run.nodes;
    const now = new Set<string>();
    for (const [id, run] of state.run.nodes) if (run.phase === "running" && id.startsWith(prefix)) now.add(id.slice(prefix.length).split("/")[0]!);
    if (now.size !== running.size || [...now].some((id) => !running.has(id))) running = now;
    return running;
  }

  function derive(state: EditorState, before: FlowState): FlowState {
    const body = bodyAt(state.history.document, state.scope);
    if (!body) return before;
    const prefix = prefixOf(state.scope);
    const nodes = flowNodes(before.nodes, body, state.selection, editor.registry);
    const wires = flowWires(before.wires, body, { inference: state.inference, problems: state.problemsByWire, selected: state.selection.wires, running: runningIn(state, prefix), prefix });
    return nodes === before.nodes && wires === before.wires ? before : { nodes, wires };
  }

  const update = (state: EditorState, before: EditorState): void => {
    const anotherGraph = state.scope !== before.scope;
    if (anotherGraph) runs = null;
    if (
      !anotherGraph && state.history.document === before.history.document && state.selection === before.selection && state.inference === before.inference &&
      state.problemsByWire === before.problemsByWire && state.run.nodes === before.run.nodes
    ) return;
    const now = store.getState();
    const next = derive(state, anotherGraph ? { nodes: [], wires: [] } : now);
    if (next !== now) store.setState(next);
  };

  return {
    store,
    facts,
    onNodesChange(changes) {
      const now = store.getState();
      const selects = changes.filter((change) => change.type === "select");
      const others = changes.filter((change) => change.type === "position" || change.type === "dimensions");
      if (others.length) {
        const dragged = new Map<string, Position>();
        for (const change of others) if (change.type === "position" && change.position) dragged.set(change.id, change.position);
        const along = takenAlong(now.nodes, dragged);
        for (const id of along.keys()) held.add(id);
        const more = [...along].map(([id, position]): NodePositionChange => ({ type: "position", id, position }));
        store.setState({ nodes: applyNodeChanges([...others, ...more], now.nodes as FlowNode[]) });
      }
      if (selects.length) {
        const { selection } = editor.store.getState();
        const nodes = new Set(selection.nodes);
        const comments = new Set(selection.comments);
        for (const change of selects) {
          const comment = commentId(change.id);
          const set = comment === null ? nodes : comments;
          if (change.selected && boxSelecting && now.nodes.find((node) => node.id === change.id)?.type === "frame") continue;
          if (change.selected) set.add(comment ?? change.id);
          else set.delete(comment ?? change.id);
        }
        editor.select({ nodes, comments, wires: selection.wires });
      }
    },
    setBoxSelecting(active) {
      boxSelecting = active;
    },
    onWiresChange(changes) {
      const { selection } = editor.store.getState();
      const wires = new Set(selection.wires);
      for (const change of changes) {
        if (change.type !== "select") continue;
        if (change.selected) wires.add(change.id);
        else wires.delete(change.id);
      }
      editor.select({ ...selection, wires });
    },
    commit(more) {
      const { changes, count } = movesOf(store.getState().nodes, held);
      held = new Set();
      if (changes.length + (more?.changes.length ?? 0) === 0) return;
      editor.edit([...changes, ...(more?.changes ?? [])], { label: more?.label ?? (count === 1 ? "Move" : `Move ${count} nodes`) });
      if (editor.store.getState().readOnly !== null) this.cancelDrag();
    },
    cancelDrag() {
      held = new Set();
      store.setState({
        nodes: store.getState().nodes.map((node) => {
          const { position } = isCard(node) ? node.data.node : node.data.comment;
          return position.x === node.position.x && position.y === node.position.y ? node : ({ ...node, position, dragging: false } as FlowNode);
        }),
      });
    },
    follow() {
      const now = store.getState();
      const next = derive(editor.store.getState(), now);
      if (next !== now) store.setState(next);
      return editor.store.subscribe(update);
    },
  };
}
