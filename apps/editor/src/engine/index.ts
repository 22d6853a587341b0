/** For a host program's own worker: `serveEngine({ nodes: withNodes(invert) })`. It brings no React with it. */
export { serveEngine, type ServeOptions } from "./serve.ts";
export { withNodes } from "./with-nodes.ts";
