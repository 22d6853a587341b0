/** Opens a server on this machine alone, on the wished port or the next that is free. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { failed } from "../exit.ts";
import { ISOLATION, type Answer } from "./site-files.ts";

export interface Listening {
  /** Ends with `/`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const TRIES = 20;

/** `strict`: this port or none. Port 0 is any. */
export async function listen(answer: Answer, { port, strict = false }: { port: number; strict?: boolean }): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, ISOLATION);
      response.end();
    });
  });
  for (let i = 0; ; i++) {
    try {
      await bind(server, port && Math.min(port + i, 65_535));
      break;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const taken = code === "EADDRINUSE" || code === "EACCES";
      if (!taken) throw failed(`No port could be opened: ${code ?? String(error)}.`, error);
      if (strict) throw failed(`Port ${port} ${code === "EACCES" ? "may not be opened by this user" : "is in use"}; name another one.`, error);
      if (i === TRIES) throw failed(`Ports ${port} to ${port + TRIES} are all in use; name another one with --port.`, error);
    }
  }
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}/`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}
