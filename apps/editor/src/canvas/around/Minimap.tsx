/** The whole graph in a corner, painted once for each change; a rectangle shows what the canvas shows, and is dragged. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useRef, useSyncExternalStore, type PointerEvent, type ReactNode } from "react";
import { useEditorState } from "../../app/editor-context.ts";
import { useCanvas } from "../canvas-context.ts";
import { isCard } from "../flow/flow-types.ts";
import { useScheduled } from "../hooks/use-scheduled.ts";
import { fitMap, type MapFit } from "./fit-map.ts";

const WIDTH = 184;
const HEIGHT = 116;
const PAUSE = 120;

export function Minimap(): ReactNode {
  const { flow } = useCanvas();
  const { nodes } = useScheduled(flow.store);
  const theme = useEditorState((s) => s.ui.theme);
  const api = useStoreApi();
  const reactFlow = useReactFlow();
  const paper = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const fit = useRef<MapFit>({ x: 0, y: 0, scale: 1 });
  const painted = useRef(0);
  const scheme = useColourScheme();
  const colours = useRef<(name: string) => string>(() => "#888");
  useEffect(() => {
    if (paper.current) colours.current = coloursOf(paper.current);
  }, [theme, scheme]);

  useEffect(() => {
    // While something is dragged, a few times a second is enough.
    const wait = Math.max(0, painted.current + PAUSE - performance.now());
    const request = setTimeout(() => {
      painted.current = performance.now();
      const canvas = paper.current;
      const context = canvas?.getContext("2d");
      if (!canvas || !context) return;
      const ratio = devicePixelRatio || 1;
      if (canvas.width !== WIDTH * ratio) [canvas.width, canvas.height] = [WIDTH * ratio, HEIGHT * ratio];
      fit.current = fitMap(nodes.map((node) => ({ ...node.position, width: node.measured?.width ?? 0, height: node.measured?.height ?? 0 })), WIDTH, HEIGHT);
      const { x, y, scale } = fit.current;
      const colour = colours.current;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, WIDTH, HEIGHT);
      for (const node of nodes) {
        const card = isCard(node);
        context.globalAlpha = card ? (node.selected ? 1 : 0.75) : 0.18;
        context.fillStyle = card ? (node.selected ? colour("--pb-accent") : colour(`--pb-kind-${node.data.ports.outputs[0]?.kind ?? node.data.ports.inputs[0]?.kind ?? "plain"}`)) : colour("--pb-text-faint");
        context.fillRect((node.position.x - x) * scale, (node.position.y - y) * scale, Math.max(2, (node.measured?.width ?? 0) * scale), Math.max(2, (node.measured?.height ?? 0) * scale));
      }
      placeFrame();
    }, wait);
    return () => clearTimeout(request);
  }, [nodes, theme, scheme]);

  function placeFrame(): void {
    const { transform: [tx, ty, zoom], width, height } = api.getState();
    const { x, y, scale } = fit.current;
    if (!frame.current) return;
    const [left, top] = [(-tx / zoom - x) * scale, (-ty / zoom - y) * scale];
    frame.current.style.transform = `translate(${left}px, ${top}px)`;
    frame.current.style.width = `${(width / zoom) * scale}px`;
    frame.current.style.height = `${(height / zoom) * scale}px`;
  }
  useEffect(() => {
    let waiting = 0;
    let last: unknown;
    const end = api.subscribe((s) => {
      if (s.transform === last || waiting) return;
      last = s.transform;
      waiting = requestAnimationFrame(() => {
        waiting = 0;
        placeFrame();
      });
    });
    return () => {
      end();
      cancelAnimationFrame(waiting);
    };
  }, [api]);

  const look = (event: PointerEvent<HTMLElement>): void => {
    if (event.type === "pointermove" && event.buttons === 0) return;
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const { x, y, scale } = fit.current;
    void reactFlow.setCenter((event.clientX - box.left) / scale + x, (event.clientY - box.top) / scale + y, { zoom: api.getState().transform[2] });
  };
  return (
    <div className="pb-minimap" role="img" aria-label={`Minimap of ${nodes.filter(isCard).length} nodes`} onPointerDown={look} onPointerMove={look}>
      <canvas ref={paper} style={{ width: WIDTH, height: HEIGHT }} aria-hidden="true" />
      <div ref={frame} className="pb-minimap-frame" />
    </div>
  );
}

const DARK = "(prefers-color-scheme: dark)";
const useColourScheme = (): boolean =>
  useSyncExternalStore(
    (listen) => {
      const query = matchMedia(DARK);
      query.addEventListener("change", listen);
      return () => query.removeEventListener("change", listen);
    },
    () => matchMedia(DARK).matches,
  );

/** Computed colours by variable, each asked for once: a canvas knows no `light-dark()`. */
function coloursOf(element: HTMLElement): (name: string) => string {
  const known = new Map<string, string>();
  const before = element.style.color;
  return (name) => {
    let colour = known.get(name);
    if (colour === undefined) {
      element.style.color = `var(${name})`;
      colour = getComputedStyle(element).color;
      element.style.color = before;
      known.set(name, colour);
    }
    return colour;
  };
}
