/** Writes `out/screenshots/index.html` when all pictures are taken: every one of them in both themes, side by side. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { FOLDER, THEMES } from "./shoot.ts";

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export default async function setup(): Promise<() => Promise<void>> {
  for (const theme of THEMES) await mkdir(path.join(FOLDER, theme), { recursive: true });
  return async () => {
    const names = [...new Set((await Promise.all(THEMES.map((theme) => readdir(path.join(FOLDER, theme))))).flat())].filter((name) => name.endsWith(".png")).sort();
    const found = await readFile(path.join(FOLDER, "accessibility.json"), "utf8").then((text) => JSON.parse(text) as { [name: string]: readonly string[] }, () => ({}) as { [name: string]: readonly string[] });
    const figures = names.map((file) => {
      const name = file.replace(".png", "");
      const faults = THEMES.flatMap((theme) => found[`${theme}/${name}`] ?? []);
      return `<section id="${name}"><h2><a href="#${name}">${name}</a></h2>${faults.length ? `<ul>${[...new Set(faults)].map((fault) => `<li>${escape(fault)}</li>`).join("")}</ul>` : ""}<div>${THEMES.map((theme) => `<a href="${theme}/${file}"><img loading="lazy" src="${theme}/${file}" alt="${name}, ${theme}"></a>`).join("")}</div></section>`;
    });
    await writeFile(path.join(FOLDER, "index.html"), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Patchbay: every panel in both themes</title>
<style>body{margin:24px;font:14px/1.4 system-ui;background:#888;color:#111}h2{margin:32px 0 8px;font-size:16px}a{color:inherit}section>div{display:grid;grid-template-columns:1fr 1fr;gap:12px;align-items:start}img{max-width:100%;display:block}li{color:#700}</style>
<h1>Patchbay: every panel in both themes</h1><p>${names.length} pictures. What axe-core says of one stands above it.</p>${figures.join("\n")}`);
    process.stdout.write(`${names.length} pictures in both themes: ${path.join(FOLDER, "index.html")}\n`);
  };
}
