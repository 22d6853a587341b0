/** The networks whose hidden layers nodes can look into, by id. */
import type { FeatureNetwork } from "./feature-network.ts";
import { inceptionV3 } from "./inception-v3.ts";
import { styleTrunk } from "./style-trunk.ts";
import { vgg19 } from "./vgg19.ts";

export const featureNetworks: ReadonlyMap<string, FeatureNetwork> = new Map([styleTrunk, inceptionV3, vgg19].map((n) => [n.id, n]));
