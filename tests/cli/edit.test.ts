/** `patchbay edit GRAPH`: who may read and write, and that nobody's change of the file is lost. */
import { copyFile, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ensureSite } from "./editor-site.ts";
import { patchbay, ROOT, start, useFolder, type Running } from "./patchbay.ts";

const folder = useFolder();
ensureSite();

let running: Running | undefined;
afterEach(async () => {
  running?.child.kill("SIGKILL");
  await running?.outcome;
  running = undefined;
});

const EXAMPLE = path.join(ROOT, "examples/convolutions.json");

/** Starts the command and waits for the address that it prints. */
async function serve(args: readonly string[], env: { [name: string]: string } = {}): Promise<{ base: string; token: string; ask: (route: string, init?: RequestInit) => Promise<Response> }> {
  running = start(["edit", ...args, "--no-open"], { cwd: folder.path, env });
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    running!.child.stdout!.on("data", (part: string) => {
      text += part;
      if (text.includes("\n")) resolve(text);
    });
    void running!.outcome.then(({ stderr, code }) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
  const url = new URL(/http:\S+/.exec(line)![0]);
  const token = url.hash.replace("#edit=", "");
  const base = `${url.origin}/`;
  return { base, token, ask: (route, init = {}) => fetch(`${base}api/${route}`, { ...init, headers: { ...(init.headers as { [name: string]: string }), Authorization: `Bearer ${token}` } }) };
}

async function graphFile(name = "graph.json"): Promise<string> {
  const file = folder.file(name);
  await copyFile(EXAMPLE, file);
  return file;
}

interface OnDisk { name: string; text: string; tag: string }

describe("patchbay edit", () => {
  it("serves the editor with the headers that give it threads", async () => {
    const { base } = await serve(["--port", "0"]);
    const page = await fetch(base);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect([page.headers.get("cross-origin-opener-policy"), page.headers.get("cross-origin-embedder-policy")]).toEqual(["same-origin", "require-corp"]);
    expect(await page.text()).toContain("<title>Patchbay</title>");
  });

  it("ends with 0 on Ctrl-C", async () => {
    const { base } = await serve(["--port", "0"]);
    running!.child.kill("SIGINT");
    expect((await running!.outcome).code).toBe(0);
    await expect(fetch(base)).rejects.toThrow();
  });

  it("takes PORT, and says so when it is in use", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const outcome = await patchbay(["edit", "--no-open"], { env: { PORT: String(port) } });
    other.close();
    expect([outcome.code, outcome.stderr]).toEqual([1, `error: Port ${port} is in use; name another one.\n`]);
  });

  it("reads the graph, and writes it back whole when it differs", async () => {
    const file = await graphFile();
    const { ask } = await serve([file, "--port", "0"]);
    const disk = (await (await ask("graph")).json()) as OnDisk;
    expect([disk.name, disk.text]).toEqual(["graph.json", await readFile(file, "utf8")]);
    const text = disk.text.replace(/"title": "[^"]*"/, '"title": "Another title"');
    const answer = await ask("graph", { method: "PUT", body: text, headers: { "If-Match": `"${disk.tag}"` } });
    expect(answer.status).toBe(200);
    expect(await readFile(file, "utf8")).toBe(text);
    expect((await readdir(folder.path)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("does not write over what another program wrote meanwhile, unless it is told to", async () => {
    const file = await graphFile();
    const { ask } = await serve([file, "--port", "0"]);
    const { text, tag } = (await (await ask("graph")).json()) as OnDisk;
    const theirs = text.replace(/"title": "[^"]*"/, '"title": "Theirs"');
    await writeFile(file, theirs);
    const mine = text.replace(/"title": "[^"]*"/, '"title": "Mine"');
    const refused = await ask("graph", { method: "PUT", body: mine, headers: { "If-Match": `"${tag}"` } });
    expect(refused.status).toBe(412);
    expect(((await refused.json()) as OnDisk).text).toBe(theirs);
    expect(await readFile(file, "utf8")).toBe(theirs);
    expect((await ask("graph", { method: "PUT", body: mine, headers: { "If-Match": "*" } })).status).toBe(200);
    expect(await readFile(file, "utf8")).toBe(mine);
  });

  it("keeps everything but graphs out of the file", async () => {
    const file = await graphFile();
    const before = await readFile(file, "utf8");
    const { ask } = await serve([file, "--port", "0"]);
    for (const body of ["", "{}", "[1]", '{"format":"other"}', "\u0000"]) expect((await ask("graph", { method: "PUT", body, headers: { "If-Match": "*" } })).status, body).toBe(422);
    expect(await readFile(file, "utf8")).toBe(before);
  });

  it("makes a new file on its first save", async () => {
    const file = folder.file("new.json");
    const { ask } = await serve([file, "--port", "0"]);
    const disk = (await (await ask("graph")).json()) as OnDisk;
    expect(disk.text).toBe("");
    expect((await readdir(folder.path)).includes("new.json")).toBe(false);
    const text = await readFile(EXAMPLE, "utf8");
    expect((await ask("graph", { method: "PUT", body: text, headers: { "If-Match": '""' } })).status).toBe(200);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it.each([
    ["no token", { Authorization: "" }, 401],
    ["a wrong token", { Authorization: "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }, 401],
    ["another origin", { Origin: "http://evil.example" }, 403],
    ["another site", { "Sec-Fetch-Site": "cross-site" }, 403],
  ])("refuses requests with %s", async (_what, headers, status) => {
    const file = await graphFile();
    const { ask, base, token } = await serve([file, "--port", "0"]);
    expect((await ask("graph")).status).toBe(200);
    expect((await fetch(`${base}api/graph`, { headers: { Authorization: `Bearer ${token}`, ...headers } })).status).toBe(status);
  });

  it("refuses names that are pointed at this machine", async () => {
    const { base, token } = await serve([await graphFile(), "--port", "0"]);
    const { request } = await import("node:http");
    const status = await new Promise<number>((resolve) => request(`${base}api/graph`, { headers: { Host: `evil.example:${new URL(base).port}`, Authorization: `Bearer ${token}` } }, (answer) => resolve(answer.statusCode!)).end());
    expect(status).toBe(403);
  });

  it("reads files beside the graph, and none outside its folder", async () => {
    await writeFile(folder.file("beside.txt"), "beside");
    await mkdir(folder.file("inner"), { recursive: true });
    const file = await graphFile("inner/graph.json");
    await writeFile(folder.file("inner/mine.txt"), "mine");
    await symlink(folder.file("beside.txt"), folder.file("inner/link.txt")).catch(() => {});
    const { ask } = await serve([file, "--port", "0"]);
    const read = (name: string) => ask(`file?path=${encodeURIComponent(name)}`);
    expect(await (await read("mine.txt")).text()).toBe("mine");
    for (const name of ["../beside.txt", folder.file("beside.txt"), "link.txt", "/etc/hostname", "http://example.com/"]) expect((await read(name)).status, name).toBe(403);
    expect((await read("nothing.txt")).status).toBe(404);
    expect(await (await ask("folder?path=.")).json()).toEqual(["graph.json", "link.txt", "mine.txt"]);
  });

  it("writes dropped files beside the graph under a free name, and nowhere else", async () => {
    await mkdir(folder.file("drop"), { recursive: true });
    const file = await graphFile("drop/graph.json");
    const { ask } = await serve([file, "--port", "0"]);
    const drop = async (name: string, body: string) => ((await (await ask(`dropped?name=${encodeURIComponent(name)}`, { method: "POST", body })).json()) as { path: string }).path;
    expect(await drop("photo.jpg", "one")).toBe("photo.jpg");
    expect(await drop("photo.jpg", "one")).toBe("photo.jpg"); // the same bytes
    expect(await drop("photo.jpg", "two")).toBe("photo-2.jpg");
    expect(await drop("graph.json", "not a graph")).toBe("graph-2.json");
    expect(await drop("../../out.jpg", "up")).toBe("out.jpg");
    expect(await drop("people/Nora/1.jpg", "Nora")).toBe("people/Nora/1.jpg");
    expect(await readFile(folder.file("drop/photo.jpg"), "utf8")).toBe("one");
    expect((await ask("dropped?path=photo-2.jpg", { method: "DELETE" })).status).toBe(204);
    await ask("dropped?path=graph.json", { method: "DELETE" });
    expect((await readdir(folder.file("drop"))).sort()).toEqual(["graph-2.json", "graph.json", "out.jpg", "people", "photo.jpg"]);
  });

  it.each([
    ["a file that is no graph", "no.json", 'not JSON', /no\.json|JSON/],
    ["a folder", ".", null, /is not a file/],
    ["a name in a folder that is not there", "nowhere/graph.json", null, /no folder/],
    ["a missing file that is no .json", "missing.txt", null, /ends with \.json/],
  ])("refuses %s", async (_what, name, content, sentence) => {
    if (content !== null) await writeFile(folder.file(name), content);
    const outcome = await patchbay(["edit", name, "--no-open", "--port", "0"], { cwd: folder.path });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(sentence);
  });
});
