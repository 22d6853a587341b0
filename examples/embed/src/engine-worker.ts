/** The program's own engine: Patchbay's nodes and ours, in a worker, so that no run ever freezes the page. */
import { serveEngine, withNodes } from "@patchbay/editor/engine";
import { invert } from "./invert.ts";

serveEngine({ nodes: withNodes(invert) });
