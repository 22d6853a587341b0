/** What is being fetched at the moment, told a few times a second. */
import type { Loading } from "../model/run-state.ts";

/** Milliseconds between two reports of progress; beginnings and ends are told at once. */
const EVERY = 80;

export interface Loadings {
  begin(what: string, total: number): { advance(bytes: number): void; end(): void };
}

export function createLoadings(tell: (loading: readonly Loading[]) => void): Loadings {
  const open = new Set<{ what: string; loaded: number; total: number }>();
  let last = 0;
  const report = (always: boolean): void => {
    const now = performance.now();
    if (!always && now - last < EVERY) return;
    last = now;
    tell(joined([...open]));
  };
  return {
    begin(what, total) {
      const one = { what, loaded: 0, total };
      open.add(one);
      report(true);
      return {
        advance(bytes) {
          one.loaded += bytes;
          if (one.total > 0 && one.loaded > one.total) one.total = 0; // It was told before decompression.
          report(false);
        },
        end() {
          if (open.delete(one)) report(true);
        },
      };
    },
  };
}

/** Files of one thing count as one. */
function joined(open: readonly Loading[]): Loading[] {
  const byName = new Map<string, Loading>();
  for (const { what, loaded, total } of open) {
    const before = byName.get(what);
    byName.set(what, before ? { what, loaded: before.loaded + loaded, total: before.total > 0 && total > 0 ? before.total + total : 0 } : { what, loaded, total });
  }
  return [...byName.values()];
}

/** A response that tells of its bytes as they come. */
export function watched(response: Response, what: string, loadings: Loadings): Response {
  if (!response.body) return response;
  const length = response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length") ?? 0);
  const loading = loadings.begin(what, Number.isFinite(length) ? length : 0);
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loading.advance(chunk.byteLength);
        controller.enqueue(chunk);
      },
      flush: () => loading.end(),
      cancel: () => loading.end(),
    } as Transformer<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>),
  );
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}
