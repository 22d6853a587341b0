/** Registers the service worker once the page stands, and lets it keep the engine when there is nothing else to do. */
import type { ToServiceWorker } from "./sw.ts";

/** The page comes first: neither its loading nor its first run should wait for copies. */
const QUIET = 3000;

export async function workOffline(): Promise<void> {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  try {
    // Beside the page, not beside this module: its scope is the folder that it lies in.
    await navigator.serviceWorker.register(new URL("./sw.js", document.baseURI), { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    await new Promise((resolve) => setTimeout(resolve, QUIET));
    const saves = (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData;
    if (!saves) active?.postMessage({ type: "keep-engine" } satisfies ToServiceWorker);
  } catch {
    // Private windows and strict settings refuse: then the editor needs the network, as any page does.
  }
}
