/** Subscribes to a store whose changes may wait for the next frame: a drag that moves faster than the page can draw is drawn less often, not later. */
import { useEffect, useState } from "react";
import type { StoreApi } from "zustand/vanilla";

export function useScheduled<S>(store: StoreApi<S>): S {
  const [state, setState] = useState(() => ({ store, value: store.getState() }));
  useEffect(() => {
    const follow = (): void => setState((before) => (before.store === store && before.value === store.getState() ? before : { store, value: store.getState() }));
    follow();
    return store.subscribe(follow);
  }, [store]);
  return state.store === store ? state.value : store.getState();
}
