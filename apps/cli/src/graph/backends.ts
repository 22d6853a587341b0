/** Which engines there are, asked one by one. */
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
  try {
    return await (await BACKENDS[id]()).probe();
  } catch (error) {
    return { available: false, code: "init-failed", reason: `Its module did not load: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}` };
  }
}

/** `--backend ID`, checked against the ids that exist. */
export function backendId(text: string | undefined): BackendId | undefined {
  if (text === undefined || (BACKEND_IDS as readonly string[]).includes(text)) return text as BackendId | undefined;
  throw usage(`There is no backend "${text}"; there are ${BACKEND_IDS.join(", ")}. \`patchbay devices\` tells which can be used here.`);
}
