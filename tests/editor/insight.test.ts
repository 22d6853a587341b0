/** From a node that works on hidden layers to what those layers see: one click, and patches of the graph's own pictures. */
import { expect, it } from "vitest";
import { openEditor } from "./app.ts";
import { grip, nodeOf } from "./hands.ts";
import { phasesOf } from "./watching.ts";

it("leads from a style cost to the patches of its layers in one click, and back in one step", async () => {
  const app = await openEditor({ example: "style-transfer" });
  const { nodes: before } = await app.document();
  await grip(app, "style-cost").click();
  await app.region("Inspector").getByRole("button", { name: "What do these layers see?" }).click();
  const made = app.node("nine-patches");
  await made.getByRole("group", { name: /^Channel \d+ of c0$/ }).first().waitFor({ timeout: 120_000 });
  await app.idle();
  expect(await phasesOf(app, ["nine-patches", "paint"])).toEqual({ "nine-patches": "done", paint: "idle" });
  expect((await app.state()).selected).toEqual(["nine-patches"]);
  expect((await nodeOf(app, "nine-patches")).params["layers"]).toEqual(["c0", "c1", "c3", "c5", "c7"]);
  expect((await nodeOf(app, "images")).params["file"]).toBe("npm:@vladmandic/face-api/demo/sample3.jpg");

  // A unit of the deepest layer: nine patches, gone through and opened by keys.
  await made.getByRole("tab", { name: "c7" }).click();
  await made.getByText(/^sees \d+×\d+ px · 9 units$/).waitFor();
  const unit = made.getByRole("group", { name: /^Channel \d+ of c7$/ }).first();
  expect(await unit.getByRole("button").count()).toBe(9);
  const patch = (n: number) => unit.getByRole("button", { name: new RegExp(`^Patch ${n},`) });
  await patch(1).focus();
  await app.press("ArrowRight");
  await app.press("ArrowDown");
  await expect.poll(() => patch(5).evaluate((e) => e === document.activeElement)).toBe(true);
  // Tab goes on to the next unit, and back to where one was in this one.
  await app.press("Tab");
  expect(await made.getByRole("group", { name: /^Channel \d+ of c7$/ }).nth(1).getByRole("button", { name: /^Patch 1,/ }).evaluate((e) => e === document.activeElement)).toBe(true);
  await app.press("Shift+Tab");
  await expect.poll(() => patch(5).evaluate((e) => e === document.activeElement)).toBe(true);
  const { position } = await nodeOf(app, "nine-patches");
  expect(await patch(5).getAttribute("data-hint")).toMatch(/^5\. sample3\.jpg, activation [\d.]+$/);
  await app.press("Enter");
  // The photo as it was searched, not the patch alone.
  const viewer = app.dialog(/^Nine patches: channel \d+ of c7$/);
  const label = (await viewer.getByRole("img", { name: /^sample3\.jpg, activation/ }).getAttribute("aria-label"))!;
  const [width, height] = /, (\d+) by (\d+) pixels$/.exec(label)!.slice(1).map(Number) as [number, number];
  expect(Math.max(width, height)).toBeGreaterThan(500);
  expect(await viewer.getByText("5 of 9").count()).toBe(1);
  await app.press("Escape");
  await viewer.waitFor({ state: "detached" });
  expect((await nodeOf(app, "nine-patches")).position).toEqual(position);

  // With room: all layers, one below the other.
  await made.getByRole("button", { name: "Inspect value" }).click();
  const dialog = app.dialog("Nine patches: patches");
  for (const layer of ["c0", "c1", "c3", "c5", "c7"]) await expect.poll(() => dialog.getByRole("region", { name: `Layer ${layer}` }).getByRole("group").count()).toBe(9);
  await app.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await app.press("$mod+KeyZ");
  await expect.poll(async () => (await app.document()).nodes.map((n) => n.id)).toEqual(before.map((n) => n.id));
}, 300_000);
