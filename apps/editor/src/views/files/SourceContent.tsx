/** What a source of pictures shows: the file that is chosen, at once and whatever has been computed of it. */
import type { ReactNode } from "react";
import { caption } from "../captions.ts";
import { ViewFrame } from "../parts/ViewFrame.tsx";
import type { Output } from "../state/use-outputs.ts";
import { FilePicture, FileStrip } from "./FilePicture.tsx";

export function SourceContent({ file, several, title, output }: { file: string; several: boolean; title: string; output: Output | undefined }): ReactNode {
  const picture = several ? <FileStrip file={file} title={title} /> : <FilePicture file={file} title={title} />;
  // Never stale: the file on show is the one that is chosen.
  return output ? <ViewFrame valueKey={output.key} fresh caption={caption(output)}>{picture}</ViewFrame> : <div className="pb-view">{picture}</div>;
}
