/** Two tabs on one graph: one edits, the other follows it and says so, and they change places without losing anything. */
import { expect, it } from "vitest";
import { openEditor } from "./app.ts";
import { DISTANCE, grip, openGraph } from "./hands.ts";

it("lets one edit and the other follow, until that one takes over or the first is closed", async () => {
  const first = await openEditor();
  await openGraph(first, DISTANCE);
  await first.saved();
  const second = await openEditor({ context: first.context, url: first.url, path: new URL(first.page.url()).hash });
  const mark = second.page.locator(".pb-save");
  await expect.poll(() => mark.getAttribute("data-phase")).toBe("read-only");
  expect(await mark.textContent()).toContain("This graph is open in another tab.");
  // What is tried there changes nothing.
  await grip(second, "v").click();
  await second.press("Delete");
  await second.press("KeyM");
  expect(await second.button("Undo").isDisabled()).toBe(true);
  expect(await second.document()).toEqual(await first.document());

  await first.page.bringToFront();
  await grip(first, "c2").click();
  await first.press("Delete");
  await expect.poll(async () => (await second.document()).nodes.map(({ id }) => id)).toEqual(["c1", "l", "d", "v"]);
  await expect.poll(() => second.nodes.count()).toBe(4);
  expect(await second.document()).toEqual(await first.document());

  // Taken over: the first still has an edit to write when it is asked.
  await grip(first, "l").click();
  await first.press("KeyM");
  await second.page.bringToFront();
  await mark.getByRole("button", { name: "Edit here" }).click();
  await expect.poll(() => mark.getAttribute("data-phase")).toBe("saved");
  expect((await second.document()).nodes.find(({ id }) => id === "l")!.muted).toBe(true);
  await expect.poll(() => first.page.locator(".pb-save").getAttribute("data-phase")).toBe("read-only");
  await grip(second, "v").click();
  await second.press("Delete");
  await second.saved();
  await expect.poll(async () => (await first.document()).nodes.map(({ id }) => id)).toEqual(["c1", "l", "d"]);

  // Closed: the one that is left edits, also what the other wrote last.
  await grip(second, "c1").click();
  await second.press("Delete");
  await second.page.close();
  await expect.poll(() => first.page.locator(".pb-save").getAttribute("data-phase")).toBe("saved");
  expect((await first.document()).nodes.map(({ id }) => id)).toEqual(["l", "d"]);
  await first.page.bringToFront();
  await grip(first, "d").click();
  await first.press("Delete");
  await first.saved();
  await first.page.reload();
  await first.ready();
  expect((await first.document()).nodes.map(({ id }) => id)).toEqual(["l"]);
});

it("keeps two graphs in two tabs apart, each of which may be edited", async () => {
  const first = await openEditor();
  await openGraph(first, DISTANCE);
  await first.saved();
  const second = await openEditor({ context: first.context, url: first.url, path: "?example=siamese-logistic" });
  await expect.poll(() => second.page.locator(".pb-save").getAttribute("data-phase")).toBe("saved");
  await second.nodes.first().click({ position: { x: 40, y: 8 } });
  await second.press("Delete");
  await second.saved();
  expect((await first.document()).nodes).toEqual(DISTANCE.nodes);
  expect(await first.page.locator(".pb-save").getAttribute("data-phase")).toBe("saved");
});
