/** Test cases in the layout of ONNX's own: a folder with `model.onnx` and `test_data_set_N/{input,output}_M.pb`. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { failed } from "../exit.ts";

export interface CaseFolder {
  /** Its path below the folder that was asked for. */
  readonly name: string;
  readonly model: string;
  readonly dataSets: readonly DataSet[];
}
export interface DataSet {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Folders within folders; cases lie one or two below. */
const DEEPEST = 4;

/** In the order of their names. Throws CommandError where the folder cannot be read or holds no case. */
export async function findCases(folder: string): Promise<CaseFolder[]> {
  const cases: CaseFolder[] = [];
  const visit = async (path: string, depth: number): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch((cause: unknown) => {
      throw failed(`The folder ${path} cannot be read.`, cause);
    });
    if (entries.some((e) => e.name === "model.onnx")) {
      cases.push({ name: relative(folder, path) || basename(path), model: join(path, "model.onnx"), dataSets: await dataSets(path) });
      return;
    }
    if (depth < DEEPEST) for (const e of entries.filter((e) => e.isDirectory()).sort((p, q) => (p.name < q.name ? -1 : 1))) await visit(join(path, e.name), depth + 1);
  };
  await visit(folder, 0);
  if (!cases.length) throw failed(`The folder ${folder} holds no test case: a case is a folder with model.onnx and test_data_set_0.`);
  return cases;
}

async function dataSets(path: string): Promise<DataSet[]> {
  const names = (await readdir(path)).filter((n) => n.startsWith("test_data_set_")).sort();
  return names.map((n) => ({ inputs: numbered(join(path, n), "input"), outputs: numbered(join(path, n), "output") }));
}

/** `input_0.pb`, `input_1.pb` … up to the first that is missing. */
function numbered(folder: string, what: string): string[] {
  const files: string[] = [];
  for (let i = 0; existsSync(join(folder, `${what}_${i}.pb`)); i++) files.push(join(folder, `${what}_${i}.pb`));
  return files;
}
