/** Runs a measurement in a process of its own, so that its memory and threads are all its own. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The JSON that the command prints as its last line. @throws Error with the end of its stderr when it fails. */
export function runForJson<T>(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code !== 0) return reject(new Error(`${command} ${args[0] ?? ""} ended with ${signal ?? code}: ${stderr.trim().slice(-2000)}`));
      try {
        resolve(JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T);
      } catch (cause) {
        reject(new Error(`${command} ${args[0] ?? ""} printed no JSON: ${stdout.slice(-500)}`, { cause }));
      }
    });
  });
}

/** The compiled file of a child, e.g. `style-step`. */
export const childFile = (name: string): string => fileURLToPath(new URL(`./children/${name}.js`, import.meta.url));

/** Runs one of `children/` with a settings object as its argument. */
export const runChild = <T>(name: string, settings: object, nodeArgs: readonly string[] = []): Promise<T> =>
  runForJson<T>(process.execPath, [...nodeArgs, childFile(name), JSON.stringify(settings)]);

/** What `runChild` handed to this process. */
export const childSettings = <T>(): T => JSON.parse(process.argv[2] ?? "{}") as T;

export const answer = (result: object): void => void process.stdout.write(`\n${JSON.stringify(result)}\n`);
