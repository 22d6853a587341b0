/** Completes `dist/lib`, where the compiler has put the scripts: style sheets lie beside the components that import them. */
import { cp, readdir, rm } from "node:fs/promises";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const [source, target] = [path.join(root, "src"), path.join(root, "dist/lib")];

const styles = async (folder) => new Set((await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".css")));
const [wanted, there] = [await styles(source), await styles(target)];
for (const name of there) if (!wanted.has(name)) await rm(path.join(target, name));
for (const name of wanted) await cp(path.join(source, name), path.join(target, name));
