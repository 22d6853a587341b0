/** Talks to the program `patchbay edit GRAPH` that opened this page; its side is `serve/linked-graph.ts` of the command line. */

export interface LinkedServer {
  /** `route`: below `api/`. Rejects where the program has ended. */
  ask(route: string, init?: RequestInit): Promise<Response>;
  /** The sentence of an answer that is a refusal. */
  reason(answer: Response): Promise<string>;
}

const TOKEN = /^#edit=([\w-]{20,100})$/;

/** The token by which the page may use the program; null for a page that no program opened. */
export const linkedToken = (hash: string): string | null => TOKEN.exec(hash)?.[1] ?? null;

export function createLinkedServer(token: string, base: string): LinkedServer {
  return {
    ask: (route, init = {}) => fetch(new URL(`api/${route}`, base), { ...init, headers: { ...(init.headers as { [name: string]: string }), Authorization: `Bearer ${token}` }, cache: "no-store" }),
    reason: async (answer) => ((await answer.json().catch(() => null)) as { message?: string } | null)?.message ?? `The program answered ${answer.status}.`,
  };
}
