/** What tabs of one browser tell each other about graphs. */

export type TabMessage =
  /** Stored: tabs that read it read it again. */
  | { readonly type: "saved"; readonly graph: string; readonly revision: number }
  /** A tab wants to edit: the one that does stops, writes all it has, and answers. */
  | { readonly type: "yield"; readonly graph: string }
  | { readonly type: "yielded"; readonly graph: string }
  | { readonly type: "rename"; readonly graph: string; readonly title: string }
  | { readonly type: "removed"; readonly graph: string }
  | { readonly type: "restored"; readonly graph: string }
  /** Any graph was made, renamed, deleted or restored. */
  | { readonly type: "list" };

export interface TabChannel {
  send(message: TabMessage): void;
  close(): void;
}

export function openTabChannel(onMessage: (message: TabMessage) => void): TabChannel {
  if (typeof BroadcastChannel === "undefined") return { send() {}, close() {} };
  const channel = new BroadcastChannel("patchbay");
  channel.addEventListener("message", (event) => onMessage(event.data as TabMessage));
  return {
    send: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
