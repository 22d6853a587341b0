/** Whether an element is on the screen or close to it: what is far away is not drawn. */
import { useEffect, useLayoutEffect, useState, type RefObject } from "react";

/** Pixels around the screen. */
const MARGIN = 200;
const listeners = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all elements of the page. */
const shared = (): IntersectionObserver =>
  (observer ??= new IntersectionObserver((entries) => {
    for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
  }, { rootMargin: `${MARGIN}px` }));

const isNear = (element: Element): boolean => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return right > -MARGIN && bottom > -MARGIN && left < innerWidth + MARGIN && top < innerHeight + MARGIN;
};

export function useNear(ref: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  // The observer answers a frame later: what takes the place of a picture on the screen would be blank until then.
  useLayoutEffect(() => {
    if (ref.current && isNear(ref.current)) setNear(true);
  }, [ref]);
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
