/**
 * Drives the built editor in Chromium: `openEditor` gives a page with a fresh profile, and a test fails when its page
 * reported an error, wrote one to the console, or asked anything of another origin. (The page forbids `eval`: give `waitForFunction` a
 * function, not a text.)
 */
import { afterAll, afterEach, inject } from "vitest";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import type { GraphDocument } from "@patchbay/graph-core";
import type { PageHandle } from "../../apps/editor/src/site/page-handle.ts";
import { launchBrowser } from "../browser.ts";

export interface OpenOptions {
  /** One of `examples/` by name. */
  example?: string;
  /** After the site's address instead: `?example=…`, `#share=…`. */
  path?: string;
  /** Another site, such as one that a test serves itself. */
  url?: string;
  colorScheme?: "light" | "dark";
  viewport?: { width: number; height: number };
  touch?: boolean;
  reducedMotion?: boolean;
  /** Engines on the graphics processor (a software adapter): off unless asked for, so that runs take WebAssembly. */
  webgpu?: boolean;
  /** First visits begin with a tour; it is taken as seen unless this is true. */
  firstVisit?: boolean;
  /** Opens a further page of a profile that is open already: a second tab. */
  context?: BrowserContext;
  /** Errors that the test is about. */
  allow?: RegExp;
  /** Done with the page before it goes to its address. */
  before?: (page: Page) => Promise<unknown>;
}

const browsers = new Map<boolean, Promise<Browser>>();
let opened: App[] = [];

/** Chromium's software adapter, also where there is a graphics card. */
const WEBGPU = ["--use-webgpu-adapter=swiftshader"];
const NO_WEBGPU = ["--disable-blink-features=WebGPU"];

/** A camera that shows a moving test picture, and a person who allows it. */
const CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

function browser(webgpu: boolean): Promise<Browser> {
  let launched = browsers.get(webgpu);
  if (!launched) browsers.set(webgpu, (launched = launchBrowser({ flags: [...(webgpu ? WEBGPU : NO_WEBGPU), ...CAMERA] })));
  return launched;
}

export async function openEditor(options: OpenOptions = {}): Promise<App> {
  const { viewport = { width: 1440, height: 900 }, colorScheme = "light", touch = false, reducedMotion = true, webgpu = false } = options;
  const context = options.context ?? (await (await browser(webgpu)).newContext({
    viewport, colorScheme, hasTouch: touch, reducedMotion: reducedMotion ? "reduce" : "no-preference", acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write", "camera"],
  }));
  const page = await context.newPage();
  // On a machine that is busy with other things a page may take many times its usual time; a test that hangs is ended by its own limit.
  page.setDefaultTimeout(60_000);
  const app = new App(page, options.url ?? inject("editorUrl"), options.allow);
  opened.push(app);
  if (!options.firstVisit && !options.context) await page.addInitScript(() => void (top === self && localStorage.setItem("patchbay.tour-offered", "yes"))); // a sandboxed frame has no storage
  await options.before?.(page);
  await page.goto(app.url + (options.path ?? (options.example ? `?example=${options.example}` : "")));
  await app.ready();
  return app;
}

/** Any page, watched as the editor's is. */
export async function openPage(url: string, { allow, webgpu = false }: Pick<OpenOptions, "allow" | "webgpu"> = {}): Promise<Page> {
  const context = await (await browser(webgpu)).newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  opened.push(new App(page, url, allow));
  await page.goto(url);
  return page;
}

afterEach(async () => {
  const apps = opened;
  opened = [];
  const faults = apps.flatMap((app) => app.faults);
  for (const context of new Set(apps.map((app) => app.context))) await context.close();
  if (faults.length) throw new Error(`The page was not silent:\n${faults.join("\n")}`);
});

afterAll(async () => {
  for (const launched of browsers.values()) await (await launched).close();
  browsers.clear();
});

export class App {
  readonly page: Page;
  readonly url: string;
  /** Console errors, page errors and requests to other origins. */
  readonly faults: string[] = [];

  constructor(page: Page, url: string, allow?: RegExp) {
    this.page = page;
    this.url = url;
    const fault = (text: string): void => void (allow?.test(text) || this.faults.push(text));
    page.on("console", (message) => message.type() === "error" && fault(`console: ${message.text()} (${message.location().url})`));
    page.on("pageerror", (error) => fault(`page: ${error.stack ?? error.message}`));
    page.context().on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== "data:" && protocol !== "blob:" && origin !== new URL(url).origin) fault(`request to another origin: ${request.url()}`);
    });
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** Resolves when the editor stands. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => (globalThis as unknown as { patchbay?: Partial<PageHandle> }).patchbay?.state !== undefined || document.querySelector(".failure"));
    await this.region("Canvas").waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true }).first();
  }

  region(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  dialog(name?: string | RegExp): Locator {
    return this.page.getByRole("dialog", name === undefined ? {} : { name });
  }

  /** A node on the canvas by its id in the scope that is shown. */
  node(id: string): Locator {
    return this.region("Canvas").locator(`.react-flow__node[data-id="${id}"]`);
  }

  get nodes(): Locator {
    return this.region("Canvas").locator(".react-flow__node");
  }

  get wires(): Locator {
    return this.region("Canvas").locator(".react-flow__edge");
  }

  /** Text of a row, of the palette's list, of a node: whatever holds it first. */
  text(text: string | RegExp): Locator {
    return this.page.getByText(text).first();
  }

  /** `Control+KeyZ`; `$mod` is the platform's command key. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys.replace("$mod", "ControlOrMeta"));
  }

  /** What the editor holds, through the page's documented read-only handle. */
  async document(): Promise<GraphDocument> {
    return this.page.evaluate(() => (globalThis as unknown as { patchbay: PageHandle }).patchbay.document());
  }

  async state(): Promise<ReturnType<PageHandle["state"]>> {
    return this.page.evaluate(() => (globalThis as unknown as { patchbay: PageHandle }).patchbay.state());
  }

  /** Waits until everything up to the last edit is stored. */
  async saved(): Promise<void> {
    await this.page.waitForFunction(() => {
      const { savedRevision, revision } = (globalThis as unknown as { patchbay: PageHandle }).patchbay.state();
      return savedRevision === revision;
    });
  }

  /** Presses Run and waits for its end; throws with the problems when it failed. */
  async run({ timeout = 120_000 }: { timeout?: number } = {}): Promise<void> {
    const { runs } = await this.state();
    await this.button("Run").click();
    await this.page.waitForFunction((before) => (globalThis as unknown as { patchbay: PageHandle }).patchbay.state().runs > before, runs, { timeout });
    await this.idle({ timeout });
    const { problems } = await this.state();
    if (problems.length) throw new Error(`The run failed: ${problems.join(" ")}`);
  }

  /** Waits until nothing runs. */
  async idle({ timeout = 120_000 }: { timeout?: number } = {}): Promise<void> {
    await this.page.waitForFunction(() => (globalThis as unknown as { patchbay: PageHandle }).patchbay.state().phase === "idle", undefined, { timeout });
  }

  /** Drops files on an element, as from the desktop. */
  async drop(target: Locator, files: readonly { name: string; type: string; bytes: Uint8Array }[], at: { x: number; y: number } = { x: 200, y: 200 }): Promise<void> {
    const box = (await target.boundingBox())!;
    const transfer = await this.page.evaluateHandle((list) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of list) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
      return data;
    }, files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString("base64") })));
    await this.page.evaluate(([data, x, y]) => {
      // As the browser does: on whatever is under the pointer.
      for (const type of ["dragenter", "dragover", "drop"]) document.elementFromPoint(x, y)!.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, dataTransfer: data }));
    }, [transfer, box.x + at.x, box.y + at.y] as const);
  }
}
