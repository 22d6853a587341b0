/** How much memory the engine takes: what it counts itself, or what the browser says of the whole page. */
import type { Engine } from "./engine.ts";

/** Bytes; null where nobody tells. */
export async function measureMemory(engine: Engine): Promise<number | null> {
  const counted = await engine.memory();
  if (counted !== null) return counted;
  const { performance } = globalThis as { performance?: { measureUserAgentSpecificMemory?(): Promise<{ bytes: number }> } };
  if (!(globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated || !performance?.measureUserAgentSpecificMemory) return null;
  return performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes, () => null);
}
