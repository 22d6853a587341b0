/** The empty start, the tour, problems, reading only, failures, and windows of other sizes. */
import { it } from "vitest";
import { openEditor } from "../app.ts";
import { graph, node, openGraph, still } from "../hands.ts";
import { shoot } from "./shoot.ts";

it("the first visit", async () => {
  const app = await openEditor({ firstVisit: true });
  await shoot(app, "empty");
  const second = await openEditor({ firstVisit: true, example: "style-transfer" });
  await still(second);
  await second.button("Take the tour").waitFor();
  await shoot(second, "tour-offered");
  await second.button("Take the tour").click();
  for (const step of [1, 2, 3]) {
    await shoot(second, `tour-${step}`);
    await second.button(step < 3 ? "Next" : "Done").click();
  }
});

it("problems", async () => {
  const app = await openEditor();
  const long = "A title that somebody wrote in a hurry and never came back to shorten";
  await openGraph(app, graph(
    [node("a", "Constant", 0, 0, { values: [1, 2, 3] }), node("b", "Constant", 0, 300, { values: [4, 6] }), { ...node("d", "Distance", 360, 100), title: long }, node("t", "Threshold", 720, 100), node("x", "NoSuchNode", 720, 400), node("e", "Encoder", 360, 420), { ...node("m", "L2Normalise", 1080, 100), muted: true }, { ...node("c", "Resize", 1080, 300), collapsed: true }],
    ["a.value -> d.a", "b.value -> d.b", "d.distance -> t.distance"],
    { title: "Problems of many kinds, in a graph whose title is far too long for the bar" },
  ));
  await app.button("Run").click();
  await app.region("Problems").waitFor();
  await still(app);
  await shoot(app, "problems");
  await app.node("d").locator(".pb-node-title").click();
  await shoot(app, "problems-inspector");
});

it("a second tab, which reads", async () => {
  const app = await openEditor({ example: "triplet-loss" });
  await app.saved();
  const second = await openEditor({ context: app.context, path: new URL(app.page.url()).hash });
  await second.nodes.first().waitFor();
  await still(second);
  await shoot(second, "read-only");
});

it("a link that says nothing", async () => {
  const app = await openEditor({ path: "#share=nonsense", allow: /./ });
  await shoot(app, "broken-link");
});

it.each([[900, 700], [390, 844], [320, 640], [2560, 1440]])("%i pixels wide", async (width, height) => {
  const app = await openEditor({ example: "face-verification", viewport: { width, height }, touch: width < 500 });
  await still(app);
  await shoot(app, `width-${width}`);
  for (const name of ["Node library", "Inspector"]) {
    const button = app.button(name);
    if (width > 1000 || !(await button.isVisible())) continue;
    await button.click();
    await shoot(app, `width-${width}-${name.toLowerCase().replace(" ", "-")}`);
    await app.press("Escape");
    if (await app.region(name).isVisible()) await button.click().catch(() => undefined);
  }
  if (width > 1000) return;
  await app.press("Shift+e");
  await app.dialog().first().waitFor();
  await shoot(app, `width-${width}-examples`);
  await app.press("Escape");
});
