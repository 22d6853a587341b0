/** Weights are read and decoded once per host and network, however many nodes use them. */
import type { Host } from "@patchbay/runtime/node-api";
import type { Weights } from "./conv-weights.ts";
import { decodeTfjsWeights } from "./tfjs-weights.ts";

const kept = new WeakMap<Host, Map<string, Promise<unknown>>>();

/** What `load` gave for `key` on this host before, or gives now. A load that failed is not kept. */
export function loadOnce<T>(host: Host, key: string, load: () => Promise<T>): Promise<T> {
  const ofHost = kept.get(host) ?? new Map<string, Promise<unknown>>();
  kept.set(host, ofHost);
  const known = ofHost.get(key) as Promise<T> | undefined;
  if (known) return known;
  const loading = load();
  ofHost.set(key, loading);
  loading.catch(() => ofHost.delete(key));
  return loading;
}

/** One of face-api's networks by its file name, e.g. `face_recognition_model`. */
export async function faceApiWeights(host: Host, model: string): Promise<Weights> {
  const folder = "@vladmandic/face-api/model";
  const [manifest, bin] = await Promise.all([
    host.readAsset(`${folder}/${model}-weights_manifest.json`),
    host.readAsset(`${folder}/${model}.bin`),
  ]);
  return decodeTfjsWeights(manifest, bin);
}
