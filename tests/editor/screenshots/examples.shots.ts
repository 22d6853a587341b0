/** Every example before and after it ran, and the nodes' views close by. */
import { describe, it } from "vitest";
import { openEditor } from "../app.ts";
import { still } from "../hands.ts";
import { shoot } from "./shoot.ts";

/** Of each: nodes whose views are worth a closer look. */
const EXAMPLES: { readonly [name: string]: readonly string[] } = {
  "face-verification": ["photo-faces", "distance"],
  "face-recognition": ["gallery", "recognise"],
  convolutions: ["signal-second", "scan-first"],
  "siamese-logistic": ["features", "verifier"],
  "triplet-loss": ["triplet"],
  "style-transfer": ["style-features", "style-cost", "paint", "curves"],
};

describe("examples", () => {
  it.each(Object.keys(EXAMPLES))("%s", async (example) => {
    const app = await openEditor({ example });
    await still(app);
    await shoot(app, `example-${example}-opened`);
    await app.run({ timeout: 600_000 });
    await still(app);
    await shoot(app, `example-${example}`);
    await app.press("Escape");
    for (const id of EXAMPLES[example]!) {
      await app.region("Canvas").focus();
      await app.node(id).locator(".pb-node-title").click();
      await app.press("Shift+f");
      await still(app);
      await shoot(app, `view-${example}-${id}`);
      await app.press("f");
      await still(app);
    }
  });
});
