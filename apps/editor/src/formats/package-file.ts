/** Files of npm packages that are served beside the editor. */

/** `@scope/package/path` → its bytes; null where it is not there. `assets`: where the built editor's own files are. */
export async function readPackageFile(assets: string, specifier: string): Promise<Uint8Array | null> {
  try {
    const response = await fetch(`${assets}npm/${specifier.split("/").map(encodeURIComponent).join("/").replace("%40", "@")}`);
    // A server that answers everything with the page has no such file.
    if (!response.ok || response.headers.get("content-type")?.startsWith("text/html")) return null;
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return null;
  }
}
