/** SHA-256 where the browser offers none: loaded only there. */
export { sha256Hex } from "@patchbay/graph-core";
