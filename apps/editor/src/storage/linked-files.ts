/** The files beside a graph that `patchbay edit` opened: read by the same rules as for a run, what is dropped is written beside the graph. */
import type { GraphFiles } from "./graph-files.ts";
import type { LinkedServer } from "./linked-server.ts";

export function createLinkedFiles(server: LinkedServer): GraphFiles {
  const at = (route: string, name: string, value: string): string => `${route}?${name}=${encodeURIComponent(value)}`;
  /** Null where there is nothing under the name; refusals are told in the server's own sentence. */
  async function found(answer: Response): Promise<Response | null> {
    if (answer.status === 404) return null;
    if (answer.ok) return answer;
    throw new Error(await server.reason(answer));
  }
  return {
    async read(path) {
      const answer = await found(await server.ask(at("file", "path", path)));
      return answer && new Uint8Array(await answer.arrayBuffer());
    },
    async list(folder) {
      // The graph's own folder has no name in itself.
      const answer = await server.ask(at("folder", "path", folder || "."));
      // A name that is a file's is no folder: the interface knows no other answer than null.
      return answer.ok ? ((await answer.json()) as readonly string[]) : null;
    },
    async add(name, content) {
      const answer = await found(await server.ask(at("dropped", "name", name), { method: "POST", body: content as Blob }));
      if (!answer) throw new Error("The file could not be written beside the graph.");
      return ((await answer.json()) as { path: string }).path;
    },
    async paths() {
      const answer = await found(await server.ask("dropped"));
      return answer ? ((await answer.json()) as readonly string[]) : [];
    },
    async remove(path) {
      await server.ask(at("dropped", "path", path), { method: "DELETE" });
    },
  };
}
