/** A file inside a package by name, judged before anything is looked up: `@scope/name/folder/file`. */
import { NodeFailure } from "../node-api/host.ts";
import { quoted } from "./path-form.ts";

const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;

/** `@scope/name/a/b` → the package's name and the path inside it, every part of which must be plain. */
export function packagePath(specifier: string): { name: string; inner: string[] } {
  const refuse = (why: string) => new NodeFailure("read-refused", `${quoted(specifier)} ${why}`);
  if (specifier.length > 1024 || /[\0\\:]/.test(specifier)) throw refuse("is not a path inside a package, such as npm:package/folder/file.");
  const parts = specifier.split("/");
  const name = parts.splice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  if (!NAME.test(name) || name === "node_modules") throw refuse("does not begin with the name of a package, such as npm:package/folder/file.");
  if (parts.at(-1) === "") parts.pop();
  if (parts.some((part) => part === "" || part === "." || part === "..")) throw refuse(`may not leave the package ${name}: write the path without "." and "..".`);
  return { name, inner: parts };
}
