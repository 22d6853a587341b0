/** Ctrl-C typed on a real terminal, and the progress bar that is only drawn there. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { save, savePictures, style } from "./graphs.ts";
import { CTRL_C, hasTerminal, onTerminal } from "./on-terminal.ts";
import { patchbay, start, useFolder } from "./patchbay.ts";

const folder = useFolder();
beforeAll(async () => {
  await savePictures(folder.path);
  await save(folder.file("long.json"), style(5000, 48));
  await save(folder.file("large.json"), style(5000, 640));
  await save(folder.file("short.json"), style(3, 48));
});

const typing = (args: readonly string[], watch: (screen: string, type: (keys: string) => void) => void, env: { [name: string]: string } = {}) => onTerminal(args, { cwd: folder.path, env, watch });

describe.runIf(hasTerminal)("on a terminal", () => {
  it("Ctrl-C keeps the best picture so far, saves it, says so and exits 130", async () => {
    let typed = false;
    const { code, screen } = await typing(["run", "long.json", "--output", "image=stopped.png"], (seen, type) => {
      if (typed || !/\] [1-9]\d*\/5000 optimizer, loss/.test(seen)) return;
      typed = true;
      type(CTRL_C);
    });
    expect(screen).toContain("Stopping after this step");
    expect(screen).toMatch(/Interrupted: optimizer stopped at step [1-9]\d* of 5000; the best picture so far is saved\./);
    expect(screen).toContain("saved to stopped.png");
    expect(code).toBe(130);
    expect(await sharp(await readFile(folder.file("stopped.png"))).metadata()).toMatchObject({ width: 48, height: 36 });
  });
  it("a second Ctrl-C leaves at once and saves nothing", async () => {
    let stage = 0;
    const { code, screen } = await typing(["run", "large.json", "--output", "image=never.png"], (seen, type) => {
      const reached = [/\] [1-9]\d*\/5000 optimizer/, /Stopping after/][stage];
      if (!reached?.test(seen)) return;
      stage++;
      type(CTRL_C);
    });
    expect(code).toBe(130);
    expect(screen).not.toContain("Interrupted:");
    expect(existsSync(folder.file("never.png"))).toBe(false);
  });
  it("draws a progress bar with time left, and takes it away", async () => {
    const { code, screen } = await typing(["run", "short.json"], () => {});
    expect(code).toBe(0);
    expect(screen).toMatch(/\[#{24}\] 3\/3 optimizer, loss [\d.]+/);
    expect(screen.lastIndexOf("\u001b[2K")).toBeLessThan(screen.indexOf("image 48×36"));
  });
  it("shows colours, and none under NO_COLOR", async () => {
    expect((await typing(["check", "short.json"], () => {})).screen).toContain("\u001b[32mok");
    expect((await typing(["check", "short.json"], () => {}, { NO_COLOR: "1" })).screen).not.toContain("\u001b[3");
  });
});

describe("without a terminal", () => {
  it("draws nothing on stderr", async () => {
    expect(await patchbay(["run", "short.json", "--json"], { cwd: folder.path })).toMatchObject({ code: 0, stderr: "" });
  });
  it.runIf(process.platform === "linux")("SIGINT still ends with 130, and stdout stays one JSON object", async () => {
    const { child, outcome } = start(["run", "long.json", "--json", "--output", "image=json.png"], { cwd: folder.path });
    // The signal is sent as soon as an engine is loaded, wherever the run then is.
    while (child.exitCode === null && !(await hasLoadedEngine(child.pid!))) await new Promise((r) => setTimeout(r, 20));
    child.kill("SIGINT");
    const { code, stdout, stderr } = await outcome;
    expect(code).toBe(130);
    expect(stderr).toContain("Stopping");
    expect(Object.keys(JSON.parse(stdout) as object)).toContain(existsSync(folder.file("json.png")) ? "interrupted" : "ok");
  });
});

/** From the system's own table of what the process has mapped. */
const hasLoadedEngine = async (pid: number): Promise<boolean> => (await readFile(`/proc/${pid}/maps`, "utf8").catch(() => "")).includes("onnxruntime");
