/** `npm run docs:editor-pictures`: the pictures of the editor in the README and the guide, of examples that have run. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, it } from "vitest";
import { openEditor } from "../app.ts";
import { still } from "../hands.ts";
import { ROOT } from "../site.ts";

const MOST_BYTES = 180_000;

it.each([
  { example: "style-transfer", file: "editor.webp", selected: "paint" },
  { example: "face-verification", file: "editor-verification.webp", selected: "distance" },
])("$file", async ({ example, file, selected }) => {
  const app = await openEditor({ example, colorScheme: "dark", viewport: { width: 1600, height: 1000 } });
  const { page } = app;
  await page.getByRole("button", { name: /^Backend/ }).click();
  await page.getByRole("menuitemcheckbox", { name: /^WebAssembly/ }).or(page.getByRole("menuitemradio", { name: /^WebAssembly/ })).or(page.getByRole("menuitem", { name: /^WebAssembly/ })).first().click();
  await app.run({ timeout: 800_000 });
  for (const notice of await page.locator(".pb-notice").all()) await notice.getByRole("button").last().click({ timeout: 2000 }).catch(() => undefined);
  await app.node(selected).locator(".pb-node-title").click();
  await app.region("Canvas").focus();
  await app.press("f");
  await still(app);
  await page.mouse.move(400, 980);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  let quality = 86;
  let picture: Buffer;
  const shot = await page.screenshot({ animations: "disabled" });
  do picture = await sharp(shot).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
  while (picture.length > MOST_BYTES && (quality -= 6) > 30);
  expect(picture.length).toBeLessThanOrEqual(MOST_BYTES);
  await writeFile(path.join(ROOT, "docs/images", file), picture);
});
