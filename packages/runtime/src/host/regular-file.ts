/** Reads a plain file with a limit: never a device, a pipe or a folder, and never more than was promised. */
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { NodeFailure } from "../node-api/host.ts";
import { failureOf } from "./file-errors.ts";

/** The largest file that is read: networks and volumes fit, a mistaken disk image does not. */
export const LARGEST_FILE = 512 * 1024 * 1024;

// No link may be swapped in after the path was checked, and opening a pipe must not wait for its other end.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The bytes of the file at `real`, a path without links. Throws NodeFailure with `name` in its sentence. */
export async function readRegularFile(real: string, name: string, largest = LARGEST_FILE): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(real, FLAGS);
    const info = await file.stat();
    if (info.isDirectory()) throw new NodeFailure("read-refused", `${name} is a folder, not a file.`);
    if (!info.isFile()) throw new NodeFailure("read-refused", `${name} is a device or a pipe, not a file.`);
    if (info.size > largest) throw tooLarge(name, info.size, largest);
    return await readAll(file, info.size, name, largest);
  } catch (error) {
    throw failureOf(error, name);
  } finally {
    await file?.close();
  }
}

/** Trusts the size as a first guess only: a file may grow, and some systems' files claim to be empty. */
async function readAll(file: FileHandle, size: number, name: string, largest: number): Promise<Uint8Array> {
  let bytes = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > largest) throw tooLarge(name, length, largest);
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(bytes.length * 2 + 65536, largest + 1));
      larger.set(bytes);
      bytes = larger;
    }
  }
}

const mega = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`;
const tooLarge = (name: string, size: number, largest: number): NodeFailure =>
  new NodeFailure("file-too-large", `${name} has ${mega(size)}; at most ${mega(largest)} are read.`);
