/** Every panel, window, palette and menu. */
import { it } from "vitest";
import { openEditor, type App } from "../app.ts";
import { still } from "../hands.ts";
import { shotsOf } from "./shoot.ts";

const title = (app: App, id: string) => app.node(id).locator(".pb-node-title");
const search = (app: App) => app.page.getByRole("searchbox", { name: "Search nodes" }).or(app.page.getByRole("combobox", { name: "Search nodes" })).first();

async function close(app: App): Promise<void> {
  await app.press("Escape");
  await app.dialog().first().waitFor({ state: "detached" });
}

/** Waits until what was being made is there; the picture is taken in any case. */
const gone = (app: App, text: RegExp): Promise<unknown> => app.page.getByText(text).first().waitFor({ state: "detached", timeout: 20_000 }).catch(() => undefined);

/** Presses a key on the canvas, and waits for the window that it opens. */
async function opened(app: App, keys: string): Promise<void> {
  if (await app.dialog().first().isVisible()) await close(app);
  await app.region("Canvas").focus();
  await app.press(keys);
  await app.dialog().first().waitFor();
}

it("windows over a graph that has run", async () => {
  const app = await openEditor({ example: "face-verification" });
  const { take, finish } = shotsOf(app);
  await still(app);
  await app.run();
  for (const notice of await app.page.locator(".pb-notice").all()) await notice.getByRole("button").last().click({ timeout: 2000 }).catch(() => undefined);

  await take("inspector-graph", () => app.region("Canvas").focus());
  for (const [name, keys] of [["examples", "Shift+e"], ["graphs", "$mod+o"], ["share", "$mod+Alt+l"], ["interface", "Shift+p"], ["shortcuts", "?"], ["export", "$mod+e"]] as const) {
    await take(`window-${name}`, () => opened(app, keys));
  }
  for (const tab of await app.dialog().getByRole("tab").all()) {
    await take(`window-export-${(await tab.textContent())!.trim().toLowerCase().replaceAll(/\W+/g, "-")}`, async () => {
      await tab.click();
      await gone(app, /^Drawing/);
    });
  }
  await close(app);

  for (const id of ["photo", "photo-faces", "photo-encoding", "distance"]) {
    await take(`inspector-${id}`, () => title(app, id).click());
    await take(`window-value-${id}`, async () => {
      await app.press("i");
      await app.dialog().first().waitFor();
    });
    await close(app);
  }
  await take("window-picture", async () => {
    await app.node("photo").locator(".pb-picture").first().click();
    await app.dialog().first().waitFor();
  });
  await close(app);
  await take("window-compare", async () => {
    await title(app, "distance").click();
    await app.press("Shift+b");
    await app.dialog().first().waitFor();
    await gone(app, /^Looking for/);
  });
  await close(app);
  await take("inspector-several", async () => {
    for (const id of ["photo-encoding", "threshold"]) await title(app, id).click({ modifiers: ["ControlOrMeta"] });
  });
  await take("window-history", async () => {
    await app.press("Escape");
    await app.press("$mod+a");
    await app.press("$mod+d");
    await app.press("Delete");
    await opened(app, "Shift+h");
  });
  finish();
});

it("palettes, menus, the legend and a tip", async () => {
  const app = await openEditor({ example: "style-transfer" });
  const { take, finish } = shotsOf(app);
  const { keyboard } = app.page;
  await still(app);
  await take("palette-commands", () => app.press("$mod+k"));
  await take("palette-commands-typed", () => keyboard.type("run"));
  await take("palette-commands-none", () => keyboard.type("xyz"));
  await app.press("Escape");
  await app.region("Canvas").focus();
  await take("palette-nodes", () => app.press("Space"));
  await take("palette-nodes-typed", () => keyboard.type("gram"));
  await app.press("Escape");
  for (const name of ["Graph menu", "What to compute", "Theme", "Help"]) {
    await take(`menu-${name.toLowerCase().replaceAll(" ", "-")}`, () => app.button(name).click());
    await app.press("Escape");
  }
  await take("menu-backend", async () => {
    await app.page.getByRole("button", { name: /^Backend/ }).click();
    await gone(app, /^Looking for/);
  });
  await app.press("Escape");
  await take("menu-node", () => title(app, "total").click({ button: "right" }));
  await app.press("Escape");
  await take("menu-canvas", () => app.region("Canvas").click({ button: "right", position: { x: 60, y: 620 } }));
  await app.press("Escape");
  await take("menu-frame", () => app.page.locator(".pb-frame-title").first().click({ button: "right" }));
  await app.press("Escape");
  await take("legend", () => app.page.getByRole("button", { name: /Legend/ }).click());
  await app.page.getByRole("button", { name: /Legend/ }).click();
  await take("library-search", () => search(app).fill("face"));
  await take("library-none", () => search(app).fill("zzzz"));
  await search(app).fill("");
  await take("tip", () => app.button("Live").hover());
  finish();
});
