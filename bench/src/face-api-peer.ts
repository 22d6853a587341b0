/** @vladmandic/face-api in a process of its own, asked over a channel. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { childFile } from "./child.ts";
import type { EncodeReply, EncodeRequest } from "./children/face-api.ts";

export interface FaceApiPeer {
  encode(request: EncodeRequest): Promise<EncodeReply>;
  close(): void;
}

export async function startFaceApi(chips: Float32Array): Promise<FaceApiPeer> {
  // Its own greetings are not part of the table.
  const child = fork(childFile("face-api"), [], { serialization: "advanced", stdio: ["ignore", "ignore", "pipe", "ipc"] });
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = once(child, "exit").then(() => {
    throw new Error(`face-api's process ended: ${stderr.trim().slice(-2000)}`);
  });
  // Its end is looked at while something is asked of it.
  ended.catch(() => {});
  const reply = async (): Promise<unknown> => ((await Promise.race([once(child, "message"), ended])) as unknown[])[0];
  await reply();
  let sent = false;
  return {
    async encode(request) {
      const answered = reply();
      child.send(sent ? request : { ...request, chips });
      sent = true;
      return (await answered) as EncodeReply;
    },
    close: () => void child.kill(),
  };
}
