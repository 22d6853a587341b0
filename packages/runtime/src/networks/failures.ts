/** The ways in which a network file cannot be used, each with its code and a full sentence. */
import { NodeFailure } from "../node-api/host.ts";

/** The file is broken, or was made to break its reader. */
export const damaged = (file: string, what: string): NodeFailure =>
  new NodeFailure("network-damaged", `${file} cannot be read as a network: ${what} Export it again, or fetch a fresh copy.`);

/** The file is whole, and asks for what cannot be carried: a dtype, a variant of an operator. */
export const unsupported = (what: string): NodeFailure => new NodeFailure("network-unsupported", what);

/** Shapes that do not fit: the file's own, or those of the inputs given. */
export const unfit = (what: string): NodeFailure => new NodeFailure("network-shape", what);

export const tooLarge = (what: string): NodeFailure => new NodeFailure("network-too-large", what);
