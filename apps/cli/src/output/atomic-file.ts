/** Writes a file whole or not at all: a crash, a full disk or Ctrl-C leaves the old one as it was. */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, open, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { failed, usage } from "../exit.ts";

/** Replaces the file at `target` (or the file it links to) by these bytes. */
export async function writeWhole(target: string, bytes: Uint8Array | string): Promise<void> {
  const real = await realpath(target).catch(() => path.resolve(target));
  const draft = path.join(path.dirname(real), `.${path.basename(real).slice(0, 200)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const mode = await stat(real).then((info) => info.mode & 0o777, () => undefined);
    const file = await open(draft, "wx", mode ?? 0o666);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, real);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw failed(`${target} could not be written: ${reasonOf(error)}.`, error);
  }
}

/** Fails before hours of work, not after them: the folder must be there and let a file be written. */
export async function requireWritable(target: string, option: string): Promise<void> {
  const info = await stat(target).catch(() => undefined);
  if (info?.isDirectory()) throw usage(`${option}: ${target} is a folder; name a file.`);
  if (info && !info.isFile()) throw usage(`${option}: ${target} is a device or a pipe; name a file.`);
  const folder = path.dirname(await realpath(target).catch(() => path.resolve(target)));
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) throw usage(`${option}: there is no folder ${folder}.`);
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw usage(`${option}: ${folder} cannot be written to: ${reasonOf(error)}.`);
  });
}

export function reasonOf(error: unknown): string {
  const reasons: { readonly [code: string]: string } = {
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the disk is read-only",
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    ENOENT: "there is no such folder",
    ENOTDIR: "part of the path is a file",
    ENAMETOOLONG: "the name is too long",
    EISDIR: "it is a folder",
  };
  const code = (error as NodeJS.ErrnoException)?.code ?? "";
  return reasons[code] ?? (code || (error instanceof Error ? error.message : String(error)));
}
