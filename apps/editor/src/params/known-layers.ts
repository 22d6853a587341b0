/** Which layers a node's list may name: those of its network, or those that arrive on its wires. */
import { isVisible, type Dim, type Facts, type Inference, type NodeDeclaration, type NetworkLayerType, type ParamValues, type PortType } from "@patchbay/graph-core";
import { featureNetworks, findLayer, layerShape } from "@patchbay/nodes";

export interface KnownLayer {
  readonly name: string;
  readonly channels?: number;
  /** Channels last. */
  readonly shape?: readonly Dim[];
  /** Side of the square of the picture that one unit sees, in pixels. */
  readonly receptiveField?: number;
}

type Ports = Pick<NodeDeclaration, "inputs" | "params">;

export function knownLayers(declaration: Ports, values: ParamValues, id: string, types: Pick<Inference["inputTypes"], "get">, facts: Facts = {}): readonly KnownLayer[] {
  const choice = declaration.params.find((p) => p.kind === "choice" && featureNetworks.has(values[p.name] as string));
  if (choice) return ofNetwork(values[choice.name] as string, declaration.inputs.map((port) => types.get(`${id}.${port.name}`)));
  const layers = new Map<string, KnownLayer>();
  const own = declaration.params.find((p) => p.kind === "file" && p.accept === "network" && isVisible(p, values));
  const file = own && facts[values[own.name] as string];
  if (file?.kind === "network") return file.layers.map(ofFile);
  for (const port of declaration.inputs) {
    const type = types.get(`${id}.${port.name}`);
    if (type?.kind === "network") for (const layer of type.layers) if (!layers.has(layer.name)) layers.set(layer.name, ofFile(layer));
    if (type?.kind !== "activations") continue;
    const network = featureNetworks.get(type.network);
    for (const { name, shape } of type.layers) {
      const layer = network && findLayer(network, name);
      if (!layers.has(name)) layers.set(name, { name, shape, ...(layer ? { channels: layer.channels, receptiveField: layer.receptiveField } : {}) });
    }
  }
  return [...layers.values()];
}

/** Lengths that depend on the input's are left out. */
const ofFile = ({ name, channels, shape }: NetworkLayerType): KnownLayer => ({ name, ...(channels === null ? {} : { channels }), ...(shape ? { shape: shape.map((d, i) => d ?? (i === 0 ? "N" : "?")) } : {}) });

function ofNetwork(network: string, inputs: readonly (PortType | undefined)[]): readonly KnownLayer[] {
  const picture = inputs.find((type) => type?.kind === "tensor" || type?.kind === "image");
  const size: readonly [Dim, Dim, Dim] | null =
    picture?.kind === "image" ? [1, picture.height, picture.width] : picture?.kind === "tensor" && picture.shape?.length === 4 ? [picture.shape[0]!, picture.shape[1]!, picture.shape[2]!] : null;
  const known = featureNetworks.get(network)!;
  return known.layers.map(({ name, channels, receptiveField }) => ({ name, channels, receptiveField, ...(size ? { shape: layerShape(known, name, size) } : {}) }));
}

/** `32 channels · sees 43 px · 1×56×56×32`. */
export const describeLayer = ({ channels, receptiveField, shape }: KnownLayer): string =>
  [channels === undefined ? "" : `${channels} channels`, receptiveField === undefined ? "" : `sees ${receptiveField} px`, shape ? shape.join("×") : ""].filter(Boolean).join(" · ");
