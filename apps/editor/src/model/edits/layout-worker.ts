/** Lays a large graph out beside the page, which goes on answering. */
import { layeredLayout, type LayoutRequest } from "./layered-layout.ts";

self.addEventListener("message", ({ data }: MessageEvent<LayoutRequest>) => {
  layeredLayout(data).then(
    (answer) => self.postMessage(answer),
    // Outside the promise it reaches the page as the worker's error.
    (error: unknown) => setTimeout(() => { throw error; }),
  );
});
