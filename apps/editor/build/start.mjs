/** `npm start`: the built editor on this machine, in the browser. Builds it first where that was not done yet. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "../../..");
const built = ["apps/cli/dist/main.js", "apps/editor/dist/site/index.html"].every((file) => existsSync(path.join(root, file)));
if (!built) {
  console.error("The editor is not built yet; building it takes about a minute.");
  const { status } = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}
const { main } = await import("../../cli/dist/main.js");
await main(["edit", ...process.argv.slice(2)]);
