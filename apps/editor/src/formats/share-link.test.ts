import { deflateSync } from "fflate";
import { emptyGraph, type GraphDocument } from "@patchbay/graph-core";
import { nodes } from "@patchbay/nodes";
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { createMemoryFiles } from "../storage/memory-files.ts";
import { makeShareLink, readShareLink } from "./share-link.ts";

const example = (name: string): GraphDocument => JSON.parse(readFileSync(new URL(`../../../../examples/${name}.json`, import.meta.url), "utf8")) as GraphDocument;
const files = createMemoryFiles(new Map([["small.png", new Uint8Array(900)], ["large.jpg", new Uint8Array(20_000)], ["known.gallery", new Uint8Array(50)]]));
const image = (id: string, file: string) => ({ id, type: "Image", version: 1, params: { file }, position: { x: 0, y: 0 } });
const link = (document: GraphDocument) => makeShareLink(document, { registry: nodes, files, page: "https://example.test/edit/?x=1#g=abc" });
const hashOf = (url: string): string => url.slice(url.indexOf("#"));
const packed = (text: string): string => `#share=${Buffer.from(deflateSync(new TextEncoder().encode(text))).toString("base64url")}`;

describe("share links", () => {
  it("carry every example whole, in a few thousand characters", async () => {
    for (const name of ["style-transfer", "face-recognition", "convolutions"]) {
      const document = example(name);
      const { url, notes } = await link(document);
      expect(url.startsWith("https://example.test/edit/#share=")).toBe(true);
      expect(url.length).toBeLessThan(5000);
      expect(notes).toEqual([]);
      expect(readShareLink(hashOf(url), nodes)).toEqual({ document });
    }
  });

  it("take small pictures along and say what they leave out", async () => {
    const data = `data:image/png;base64,${"A".repeat(40_000)}`;
    const document: GraphDocument = { ...emptyGraph(), nodes: [image("a", "small.png"), image("b", "large.jpg"), image("c", data), { id: "g", type: "Gallery", version: 1, params: { file: "known.gallery" }, position: { x: 0, y: 0 } }, { id: "l", type: "Images", version: 1, params: { file: "small.png, large.jpg" }, position: { x: 0, y: 0 } }] };
    const { url, notes } = await link(document);
    expect(notes).toHaveLength(4);
    expect(notes[0]).toContain("large.jpg");
    const read = readShareLink(hashOf(url), nodes);
    if (!("document" in read)) throw new Error(read.problem);
    const params = Object.fromEntries(read.document.nodes.map((node) => [node.id, node.params["file"]]));
    expect(params["a"]).toMatch(/^data:application\/octet-stream|^data:image\/png/);
    expect(params).toMatchObject({ b: "large.jpg", c: "", g: "known.gallery", l: "small.png, large.jpg" });
  });

  it("answer with a sentence to anything else", () => {
    for (const hash of ["#share=", "#share=%%%", "#share=AAAA", "#share=_____", "#g=abc", packed("not json"), packed("{}"), packed(JSON.stringify({ ...emptyGraph(), version: 99 }))]) {
      const read = readShareLink(hash, nodes);
      expect("problem" in read && read.problem).toMatch(/[.)]$/);
    }
  });

  it("stop at their limits: a bomb of 20 MB, and a link of 9 million characters", () => {
    const bomb = readShareLink(packed(" ".repeat(20_000_000)), nodes);
    expect("problem" in bomb && bomb.problem).toContain("cannot be read");
    const long = readShareLink(`#share=${"A".repeat(9_000_000)}`, nodes);
    expect("problem" in long && long.problem).toContain("too long");
  });
});
