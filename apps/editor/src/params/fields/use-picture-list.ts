/** A list of pictures as it is edited: people added by files, folders and the camera, named and taken out. */
import type { Json } from "@patchbay/graph-core";
import { useEffect, useMemo, useState } from "react";
import { useEditor } from "../../app/editor-context.ts";
import type { GraphFiles } from "../../storage/graph-files.ts";
import { keepPictures } from "../keep-files.ts";
import type { PickedFile } from "../pick-files.ts";
import { readPictureList, writePictureList, type PictureEntry } from "../picture-list.ts";

export interface EditedList {
  /** Set where the list is a folder's name; its pictures are the entries, as far as they are known here. */
  readonly folder: string | null;
  readonly entries: readonly PictureEntry[];
  /** As `onSet` takes it. */
  text(entries: readonly PictureEntry[]): string;
  add(files: readonly PickedFile[], name?: string): Promise<void>;
}

export function usePictureList(value: Json, onSet: (value: Json) => void): EditedList {
  const { files, editor } = useEditor();
  const list = useMemo(() => readPictureList(String(value ?? "")), [value]);
  const [inFolder, setInFolder] = useState<readonly PictureEntry[]>([]);
  const folder = list.kind === "folder" ? list.path : null;
  useEffect(() => {
    setInFolder([]);
    if (folder === null) return;
    let stale = false;
    void picturesIn(files, folder).then((found) => stale || setInFolder(found), () => {});
    return () => {
      stale = true;
    };
  }, [files, folder]);
  const entries = list.kind === "list" ? list.entries : inFolder;
  return {
    folder,
    entries,
    text: writePictureList,
    async add(picked, name) {
      const added = await keepPictures({ files, editor }, picked, name);
      if (added.length) onSet(writePictureList([...entries, ...added]));
    },
  };
}

const PICTURE_FILE = /\.(jpe?g|png|webp)$/i;

/** The folder's own pictures, then those of the folders in it, with their names. */
async function picturesIn(files: GraphFiles, folder: string): Promise<readonly PictureEntry[]> {
  const names = (await files.list(`${folder}/`)) ?? [];
  const people = names.filter((name) => name.endsWith("/")).map((name) => name.slice(0, -1));
  const theirs = await Promise.all(
    people.map(async (label) => ((await files.list(`${folder}/${label}/`)) ?? []).filter((name) => PICTURE_FILE.test(name)).map((name): PictureEntry => ({ reference: `${folder}/${label}/${name}`, label }))),
  );
  return [...names.filter((name) => PICTURE_FILE.test(name)).map((name): PictureEntry => ({ reference: `${folder}/${name}` })), ...theirs.flat()];
}
