/** The node library that comes with Patchbay: the registry that runtime, editor and command line take, and its parts by name. */
import { createRegistry, type NodeRegistry } from "@patchbay/graph-core";
import type { RunnableNode } from "@patchbay/runtime/node-api";
import * as library from "./library.ts";

/** The order in which groups are shown: as a graph is drawn, from left to right. */
const GROUPS = ["Sources", "Images", "Faces", "Encoders", "Calibration", "Layers", "Learning", "Insight", "Style", "Outputs", "Drawing"];

const place = (node: RunnableNode): number => (GROUPS.indexOf(node.group) + GROUPS.length + 1) % (GROUPS.length + 1);

export const nodes: NodeRegistry<RunnableNode> = createRegistry(
  (Object.values(library) as RunnableNode[]).sort((a, b) => place(a) - place(b) || (a.title < b.title ? -1 : 1)),
);

export * from "./library.ts";
export { featureNetworks } from "./networks/index.ts";
export { findLayer, layerShape, receptiveInterval, type FeatureLayer, type FeatureNetwork } from "./networks/feature-network.ts";
export { inceptionV3 } from "./networks/inception-v3.ts";
export { styleTrunk } from "./networks/style-trunk.ts";
export { vgg19 } from "./networks/vgg19.ts";
export { parseGallery, serializeGallery } from "./faces/gallery-file.ts";
export { splitList as splitPictureList } from "./faces/picture-list.ts";
export { searchGallery, searchPeople, type Found } from "./faces/search-gallery.ts";
export { atThreshold, auc, eer, rank1, roc, type Pair, type RocPoint } from "./faces/error-rates.ts";
export { calibrate, type CalibrateOptions } from "./calibration/calibrate.ts";
export { pairsOfDistances, pairsOfEncodings, type LabelledEncodings, type LabelledPairs } from "./calibration/labelled-pairs.ts";
export { notesOn as calibrationNotes } from "./calibration/notes.ts";
export { calibrationPage } from "./calibration/report/page.ts";
export { distanceBetween, type Metric } from "./faces/metrics.ts";
