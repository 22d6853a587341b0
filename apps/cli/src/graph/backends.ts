/** Which engines there are, asked one by one. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { BACKEND_IDS, type BackendId, type Probe } from "@patchbay/runtime";
import { BACKENDS, defaultBackends } from "@patchbay/runtime/backends";
import { usage } from "../exit.ts";

export type ProbedBackend = { id: BackendId } & Probe;

/** `chosen`: the one that a run takes when it is not told. */
export async function probeAll(): Promise<{ backends: ProbedBackend[]; chosen: BackendId | null }> {
  const backends: ProbedBackend[] = [];
  for (const id of BACKEND_IDS) backends.push({ id, ...(await probe(id)) });
  const chosen = defaultBackends().find((id) => backends.some((b) => b.id === id && b.available)) ?? null;
  return { backends, chosen };
}

async function probe(id: BackendId): Promise<Probe> {
  if (id === "tfjs-webgpu") return probeApart(id);
  try {
    return await (await BACKENDS[id]()).probe();
  } catch (error) {
    return { available: false, code: "init-failed", reason: `Its module did not load: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}` };
  }
}

/**
 * In a process of its own: graphics drivers write warnings past us, and some take the whole process down when they are
 * looked for.
 */
async function probeApart(id: BackendId): Promise<Probe> {
  const code = `import { BACKENDS } from ${JSON.stringify(import.meta.resolve("@patchbay/runtime/backends"))}; process.stdout.write(JSON.stringify(await (await BACKENDS[${JSON.stringify(id)}]()).probe()), () => process.exit());`;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { timeout: 30_000, windowsHide: true });
    return JSON.parse(stdout) as Probe;
  } catch {
    return { available: false, code: "init-failed", reason: "Looking for a graphics adapter failed or took longer than 30 seconds." };
  }
}

/** `--backend ID`, checked against the ids that exist. */
export function backendId(text: string | undefined): BackendId | undefined {
  if (text === undefined || (BACKEND_IDS as readonly string[]).includes(text)) return text as BackendId | undefined;
  throw usage(`There is no backend "${text}"; there are ${BACKEND_IDS.join(", ")}. \`patchbay devices\` tells which can be used here.`);
}
