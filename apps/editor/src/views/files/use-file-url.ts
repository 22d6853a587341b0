/** A URL under which the page can show a file of the graph, for as long as it is on show. */
import { useEffect, useState } from "react";
import { useEditor } from "../../app/editor-context.ts";
import { servedUrl } from "./references.ts";

export function useFileUrl(reference: string): string | null {
  const { files, assets } = useEditor();
  const served = servedUrl(reference, assets);
  const [read, setRead] = useState<{ reference: string; url: string } | null>(null);
  useEffect(() => {
    if (served !== null || reference === "") return;
    let [url, current] = ["", true];
    void files.read(reference).then((bytes) => {
      if (!bytes || !current) return;
      url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
      setRead({ reference, url });
    }, () => {});
    return () => {
      current = false;
      if (url) URL.revokeObjectURL(url);
    };
  }, [files, reference, served]);
  return served ?? (read?.reference === reference ? read.url : null);
}
