/** One change of a gallery at a time: between reading and replacing the file another process may not do the same. */
import { open, realpath, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { failed } from "../exit.ts";
import { reasonOf } from "../output/atomic-file.ts";

/** A change takes milliseconds: a lock this old was left behind by a process that was killed. */
const ABANDONED = 30_000;
const RETRY = 40;

/** Does the work while no other patchbay changes the file. The lock is a hidden file beside it. */
export async function withGalleryLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const real = await realpath(file).catch(() => path.resolve(file));
  const lock = path.join(path.dirname(real), `.${path.basename(real).slice(0, 200)}.lock`);
  while (!(await take(lock, file))) {
    const age = await stat(lock).then((info) => Date.now() - info.mtimeMs, () => 0);
    if (age > ABANDONED) await rm(lock, { force: true });
    else await sleep(RETRY);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string, file: string): Promise<boolean> {
  try {
    await (await open(lock, "wx")).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw failed(`${file} could not be changed: ${reasonOf(error)}.`, error);
  }
}
