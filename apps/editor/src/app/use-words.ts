/** How components show what explains a node: as soon as it is there. */
import { useSyncExternalStore } from "react";
import { followWords, knownWords, words } from "../model/node-words.ts";

export function useWords(): (text: string) => string {
  useSyncExternalStore(followWords, knownWords, knownWords);
  return words;
}
