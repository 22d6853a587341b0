/** Finds a Python that has PyTorch, and runs the peers written for it. */
import { fileURLToPath } from "node:url";
import { runForJson } from "./child.ts";

export interface PyTorch {
  python: string;
  version: string;
  /** The libraries that multiply its matrices: those loaded, and how PyTorch was built. */
  blas: string;
}

/** Debian's PyTorch calls whatever BLAS the system provides, so the mapped files are asked, not the build. */
const PROBE = `
import json, re, torch, PIL, numpy
torch.ones(64, 64) @ torch.ones(64, 64)
built = re.search(r'BLAS_INFO=(\\w+)', torch.__config__.show())
try: mapped = sorted({l.split('/')[-1].strip() for l in open('/proc/self/maps') if re.search(r'/[^/]*(openblas|libmkl|libblis|libcblas|libblas|atlas)[^/]*$', l)})
except OSError: mapped = []
print(json.dumps(dict(version=torch.__version__, built=built.group(1) if built else 'unknown', mapped=mapped)))
`;

/** `undefined`: no Python here can import torch and PIL. */
export async function findPyTorch(): Promise<PyTorch | undefined> {
  const candidates = process.env["PATCHBAY_PYTHON"] ? [process.env["PATCHBAY_PYTHON"]] : ["/usr/bin/python3", "python3"];
  for (const python of candidates)
    try {
      const { version, built, mapped } = await runForJson<{ version: string; built: string; mapped: string[] }>(python, ["-c", PROBE]);
      return { python, version, blas: `${mapped.join(", ") || "no BLAS library mapped"} (built with BLAS_INFO=${built})` };
    } catch {
      // The next one may have it.
    }
  return undefined;
}

/** Runs a script of `bench/peers` with so many threads. OpenBLAS and OpenMP count theirs apart from PyTorch. */
export function runPeer<T>({ python }: PyTorch, script: string, args: readonly string[], threads: number): Promise<T> {
  const file = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  return runForJson<T>(python, [file, ...args, "--threads", String(threads), "--json"], { OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: "1" });
}
