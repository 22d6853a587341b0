/** Who may use the interface that reads and writes files: the page that was opened from this terminal, and nobody else. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface Access {
  /** Unguessable; travels in the address's fragment, which browsers send to no server. */
  readonly token: string;
  /** Why a request is refused, as an HTTP status; null when it is not. */
  refuse(request: IncomingMessage): 401 | 403 | null;
}

/** `port`: known once the server listens. */
export function createAccess(port: () => number): Access {
  const token = randomBytes(32).toString("base64url");
  return {
    token,
    refuse({ headers }) {
      const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${port()}`);
      // Another name that leads to this machine means that some page has pointed its own name here.
      if (!hosts.includes(headers.host ?? "")) return 403;
      if (headers.origin !== undefined && !hosts.some((host) => headers.origin === `http://${host}`)) return 403;
      const site = headers["sec-fetch-site"];
      if (site !== undefined && site !== "same-origin") return 403;
      return same(headers.authorization ?? "", `Bearer ${token}`) ? null : 401;
    },
  };
}

function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
