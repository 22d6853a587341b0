/** What networks ask for while they are loaded is served beside the page. */
import { featureNetworks } from "@patchbay/nodes";
import { expect, test } from "vitest";
import { servedPackageFiles } from "./package-files.ts";

test.each([...featureNetworks.values()].filter((n) => n.assets.length).map((n) => [n.id, n] as const))("%s finds its weights", async (_id, network) => {
  const served = new Map((await servedPackageFiles()).map((file) => [file.path, file]));
  for (const asset of network.assets) expect((await served.get(`npm/${asset}`)!.read()).length, asset).toBeGreaterThan(1000);
});
