/** Fetches what explains the nodes, once the page stands. */
import address from "virtual:node-words";
import { setNodeWords } from "../model/node-words.ts";

/** Milliseconds until the next attempt where the connection fails. */
const AGAIN = 5000;

export async function fetchWords(): Promise<void> {
  if (address === null) return; // in development they are where they belong
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    setNodeWords((await response.json()) as readonly string[]);
  } catch {
    setTimeout(() => void fetchWords(), AGAIN);
  }
}
