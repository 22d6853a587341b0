/** Finding and starting a headless Chromium for tests, with a message that says what to install where there is none. */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export const NO_BROWSER =
  "These tests need Chromium and found none. Debian: `apt-get install -y chromium`; elsewhere: `npx playwright-core install chromium`. " +
  "A browser in another place is named by the environment variable CHROMIUM_PATH.";

/** The path of a Chromium: `CHROMIUM_PATH`, else one in a usual place, else Playwright's own download; null when there is none. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  if (named) return existsSync(named) ? named : null;
  return [...USUAL_PLACES, chromium.executablePath()].find((path) => path && existsSync(path)) ?? null;
}

const FLAGS = [
  "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  // WebGPU without a graphics card: Chromium's software adapter, which this flag alone makes available.
  "--enable-unsafe-webgpu",
];

/** Chromium refuses its sandbox to root, which is who runs tests in containers. */
const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * A headless browser with a fresh profile and WebGPU; close it when done. `flags` are added to the usual ones.
 *
 * @throws Error saying what to install where no browser is found.
 */
export async function launchBrowser({ flags = [] }: { flags?: readonly string[] } = {}): Promise<Browser> {
  return chromium.launch(launchOptions(flags));
}

/**
 * For launching it otherwise, such as with a profile that is kept.
 *
 * @throws Error saying what to install where no browser is found.
 */
export function launchOptions(flags: readonly string[] = []): { executablePath: string; args: string[]; timeout: number } {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(NO_BROWSER);
  // Playwright passes its own --headless; the new mode is the one that has WebGPU.
  return { executablePath, args: ["--headless=new", ...(isRoot() ? ["--no-sandbox"] : []), ...FLAGS, ...flags], timeout: 60_000 };
}
