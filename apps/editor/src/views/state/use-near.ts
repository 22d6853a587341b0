/** Whether an element is on the screen or close to it: what is far away is not drawn. */
import { useEffect, useState, type RefObject } from "react";

const listeners = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all elements of the page. */
const shared = (): IntersectionObserver =>
  (observer ??= new IntersectionObserver((entries) => {
    for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
  }, { rootMargin: "200px" }));

export function useNear(ref: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    listeners.set(element, setNear);
    shared().observe(element);
    return () => {
      listeners.delete(element);
      observer?.unobserve(element);
    };
  }, [ref]);
  return near;
}
