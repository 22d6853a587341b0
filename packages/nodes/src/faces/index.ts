/** The nodes that work with faces, and the encoder. */
import type { RunnableNode } from "@patchbay/runtime/node-api";
import { encoder } from "../encoders/encoder.ts";
import { differenceFeatures } from "./difference-features.ts";
import { distance } from "./distance.ts";
import { enrol } from "./enrol.ts";
import { faceAlign } from "./face-align.ts";
import { faceDetector } from "./face-detector.ts";
import { gallery } from "./gallery.ts";
import { images } from "./images.ts";
import { l2Normalise } from "./l2-normalise.ts";
import { logisticVerifier } from "./logistic-verifier.ts";
import { recognise } from "./recognise.ts";
import { threshold } from "./threshold.ts";
import { tripletLoss } from "./triplet-loss.ts";

export { differenceFeatures, distance, encoder, enrol, faceAlign, faceDetector, gallery, images, l2Normalise, logisticVerifier, recognise, threshold, tripletLoss };

export const faceNodes: readonly RunnableNode[] = [
  images, faceDetector, faceAlign, encoder as RunnableNode, l2Normalise, distance, threshold, differenceFeatures, logisticVerifier, tripletLoss, gallery, enrol, recognise,
] as readonly RunnableNode[];
