/** A file that a node made: shown where a browser can show it without trusting it, and handed out. */
import type { FileValue } from "@patchbay/runtime";
import { Download } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { download } from "../../formats/download.ts";
import { Button } from "../../ui/Button.tsx";
import { sizeText } from "../../ui/size-text.ts";
import type { ViewOf } from "../view-props.ts";
import "./file.css";

/** Characters of a text that are shown. */
const MOST = 20_000;

export function FileView({ value, large }: ViewOf<"file">): ReactNode {
  return (
    <div className="pb-file" data-large={large || undefined}>
      <Preview value={value} large={large} />
      <div className="pb-file-line">
        <span title={`${value.name}, ${value.mime}`}><b>{value.name}</b> {sizeText(value.bytes.length)}</span>
        <Button label={large ? "Download" : `Download ${value.name}`} icon={<Download />} iconOnly={!large} className="pb-button nodrag" onClick={() => download(blobOf(value), value.name)} />
      </div>
    </div>
  );
}

const blobOf = ({ bytes, mime }: FileValue): Blob => new Blob([bytes as BlobPart], { type: mime });

function Preview({ value, large }: { value: FileValue; large: boolean | undefined }): ReactNode {
  const [kind] = value.mime.split("/");
  if (kind === "image" || kind === "video") return <Media value={value} isVideo={kind === "video"} />;
  if (/^text\/html\b/.test(value.mime)) return <Page value={value} large={large} />;
  if (kind === "text" || /json|csv|xml/.test(value.mime)) return <pre className="pb-text nowheel nodrag" tabIndex={0} data-large={large || undefined}>{new TextDecoder().decode(value.bytes.subarray(0, MOST))}{value.bytes.length > MOST ? "…" : ""}</pre>;
  return null;
}

function Media({ value, isVideo }: { value: FileValue; isVideo: boolean }): ReactNode {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blobOf(value));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [value]);
  if (url === undefined) return null;
  return isVideo ? <video className="pb-file-media nodrag" src={url} controls loop muted aria-label={value.name} /> : <img className="pb-file-media" src={url} alt={value.name} />;
}

/** Without scripts, forms or links to anywhere: a file may come from anybody's graph. */
function Page({ value, large }: { value: FileValue; large: boolean | undefined }): ReactNode {
  const text = useMemo(() => new TextDecoder().decode(value.bytes), [value]);
  return <iframe className="pb-file-page nowheel" title={value.name} sandbox="" srcDoc={text} tabIndex={large ? 0 : -1} inert={!large} data-large={large || undefined} />;
}
