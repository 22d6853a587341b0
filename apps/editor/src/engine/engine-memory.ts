/** How much memory the engine holds: WebAssembly's heaps, counted as they are made. */

const heaps: WeakRef<WebAssembly.Memory>[] = [];
let counting = false;

/** From now on every heap that is made in this worker is counted. */
export function countHeaps(): void {
  if (counting) return;
  counting = true;
  const Original = WebAssembly.Memory;
  WebAssembly.Memory = class Memory extends Original {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      heaps.push(new WeakRef(this));
    }
  };
}

/** Bytes; null where they are not counted. */
export const heapBytes = (): number | null => (counting ? heaps.reduce((bytes, heap) => bytes + (heap.deref()?.buffer.byteLength ?? 0), 0) : null);
