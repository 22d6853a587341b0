/** Connects Run, Stop and Live with the editor's state. */
import type { Editor } from "../model/editor.ts";
import type { Engine } from "./engine.ts";
import type { RunControl } from "./run-control.ts";

export function createRunControl(_editor: Editor, _engine: Engine): RunControl {
  return { start() {}, stop() {}, setLive() {}, setBackend() {}, async probe() {}, dispose() {} };
}
