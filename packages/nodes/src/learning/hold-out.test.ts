/** What cannot be split says why, in words that fit its number; a picture is no dataset. */
import { expect, it } from "vitest";
import type { Host } from "@patchbay/runtime/node-api";
import { listFolders } from "./dataset-list.ts";
import { holdOut } from "./hold-out.ts";

const split = (labels: readonly number[], classes: readonly string[]) => () => holdOut(Int32Array.from(labels), classes, { share: 0.25, by: "identity", seed: 1 });

it("nobody with two photos: of one class and of several", () => {
  expect(split([0], ["ada"])).toThrow(/the one class holds one example\. Learning/);
  expect(split([0, 1], ["ada", "bob"])).toThrow(/2 classes hold one example each\. Learning/);
});

it("one picture in the place of a folder is told apart from a folder without folders", async () => {
  const host = { listFolder: () => Promise.reject(new Error("it is not to be read")) } as unknown as Host;
  await expect(listFolders(host, "photos/ada.JPG")).rejects.toMatchObject({ code: "not-dataset", message: expect.stringContaining("“ada.JPG” is one picture") });
});
