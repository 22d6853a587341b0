/** Said where IR is needed of a network that has none. */
import { NodeFailure } from "../node-api/host.ts";

/** Code `network-opaque`: the network cannot be written as IR and so has no gradient. It may still run as a whole. */
export class OpaqueNetwork extends NodeFailure {
  constructor(message: string) {
    super("network-opaque", message);
  }
}
