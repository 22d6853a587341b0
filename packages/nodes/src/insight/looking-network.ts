/** A network that can be looked into, built in or on a wire, under one roof: its layers, how to write it, and what one unit sees. */
import { Builder, NodeFailure, type Host, type NetworkValue, type Value } from "@patchbay/runtime/node-api";
import { channelsFirst, fitInput, openNetwork, receptiveField, writeNetwork } from "@patchbay/runtime/networks";
import { featureNetworks } from "../networks/index.ts";
import { findLayer, receptiveInterval } from "../networks/feature-network.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LookingNetwork {
  readonly id: string;
  /** `[1,H,W,3]` → layers, channels last. */
  write(b: Builder, picture: Value, layers: readonly string[]): Map<string, Value>;
  /** The part of a picture of `height`×`width` that the unit at `[row, column]` sees, cropped at the borders; the layer's own size is `[h, w]`. */
  sees(layer: string, at: readonly [number, number], height: number, width: number): Box;
  /** Side of what a unit sees before cropping, in pixels of the picture as the network takes it; `null`: all of it, or not known. */
  field(layer: string): number | null;
}

export async function builtIn(id: string, host: Host, layers: readonly string[]): Promise<LookingNetwork> {
  const network = featureNetworks.get(id)!;
  const weights = network.load(await Promise.all(network.assets.map((asset) => host.readAsset(asset))), layers);
  const layer = (name: string) => findLayer(network, name)!;
  return {
    id,
    write: (b, picture, names) => network.build(b, weights, picture, names),
    sees(name, [row, column], height, width) {
      const [y, x] = [receptiveInterval(layer(name), row, height), receptiveInterval(layer(name), column, width)];
      return { x: x.start, y: y.start, width: x.end - x.start, height: y.end - y.start };
    },
    field: (name) => layer(name).receptiveField,
  };
}

/** Throws NodeFailure `network-opaque` for networks that cannot be looked into. */
export function onWire(network: NetworkValue): LookingNetwork {
  const source = openNetwork(network);
  if (source.opaque !== null) throw new NodeFailure("network-opaque", `${network.title} cannot be looked into. ${source.opaque}`);
  const names = source.layers.map((l) => l.name);
  const kept = new Map<string, ReadonlyMap<string, readonly number[]>>();
  /** Spatial lengths of the input and of every layer, for pictures of this size. */
  const lengths = (height: number, width: number): ReadonlyMap<string, readonly number[]> => {
    const key = `${height}×${width}`;
    const known = kept.get(key);
    if (known) return known;
    return kept.set(key, measure(network, names, height, width)).get(key)!;
  };
  return {
    id: network.network,
    write: (b, picture, wanted) => writeNetwork(b, network, picture, wanted),
    sees(layer, at, height, width) {
      const sizes = lengths(height, width);
      const [h, w] = sizes.get(source.inputs[0]!.name)! as [number, number];
      const field = receptiveField(source, layer, at, sizes) ?? [{ start: 0, end: h }, { start: 0, end: w }];
      // The network sees the picture at its own size.
      const [sy, sx] = [height / h, width / w];
      const [top, left] = [Math.floor(field[0]!.start * sy), Math.floor(field[1]!.start * sx)];
      return { x: left, y: top, width: Math.min(width, Math.ceil(field[1]!.end * sx)) - left, height: Math.min(height, Math.ceil(field[0]!.end * sy)) - top };
    },
    field(layer) {
      const sizes = lengths(network.input.shape[0] ?? PROBE, network.input.shape[1] ?? PROBE);
      const own = sizes.get(layer);
      const seen = own && receptiveField(source, layer, own.map((n) => n >> 1), sizes);
      return seen ? Math.max(...seen.map((s) => s.end - s.start)) : null;
    },
  };
  function measure(value: NetworkValue, wanted: readonly string[], height: number, width: number): ReadonlyMap<string, readonly number[]> {
    const b = new Builder();
    const x = b.input("x", { dtype: "float32", shape: [source.inputs[0]!.shape[0] ?? 1, height, width, 3] });
    const fed = fitInput(b, value, x);
    const spatial = (shape: readonly number[], first: boolean): readonly number[] => (first ? shape.slice(2) : shape.slice(1, -1));
    const written = source.build(b, { [value.input.name]: fed }, wanted);
    return new Map([[value.input.name, spatial(fed.shape, value.input.layout === "channels-first")], ...wanted.map((name) => [name, spatial(written.get(name)!.shape, channelsFirst(source, name, value.input))] as const)]);
  }
}

/** Larger than what most networks' units see. */
const PROBE = 512;
