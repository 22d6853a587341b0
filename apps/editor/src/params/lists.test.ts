/** Lists of numbers and of pictures: what is written is read back as it was. */
import type { Json, ParamSpec } from "@patchbay/graph-core";
import { describe, expect, it } from "vitest";
import { chooseInline } from "./inline-choice.ts";
import { exposeParam, hideParam, moveEntry, paramInputs, replaceEntry } from "./interface-entries.ts";
import { formatNumberList, listShape, readNumberList } from "./number-list.ts";
import { countPeople, fileStem, personName, readPictureList, writePictureList, type PictureEntry } from "./picture-list.ts";

describe("lists of numbers", () => {
  it.each<[readonly Json[]]>([[[]], [[1]], [[0.485, 0.456, 0.406]], [[[1, 2], [3, 4]]], [[[1], [2]]], [[[[1, 2]], [[3, 4]]]], [[[1, 2], [3]]], [[-1e-7, 3e20]]])("%j survives", (list) => {
    expect(readNumberList(formatNumberList(list))).toEqual({ ok: true, value: list });
  });
  it("takes pasted tables, with tabs, semicolons or spaces", () => {
    for (const text of ["1\t2\n3\t4", "1;2\n3;4\n", "1, 2\n3, 4", "1 2\n3 4"]) expect(readNumberList(text)).toEqual({ ok: true, value: [[1, 2], [3, 4]] });
    expect(readNumberList("1\n2\n3")).toEqual({ ok: true, value: [1, 2, 3] });
    expect(readNumberList("1,5;2,5")).toEqual({ ok: true, value: [1.5, 2.5] });
  });
  it("says where it is wrong", () => {
    expect(readNumberList("1, 2\n3")).toEqual({ ok: false, message: "Line 2 has 1 numbers and line 1 has 2; all lines need as many." });
    expect(readNumberList("1, x")).toMatchObject({ ok: false, message: expect.stringContaining("“x”") });
    expect(readNumberList("[[1, true]]")).toMatchObject({ ok: false });
  });
  it("tells the shape", () => expect([listShape([1, 2, 3]), listShape([[1, 2], [3, 4]]), listShape([[1], [2, 3]])]).toEqual([[3], [2, 2], null]));
});

describe("lists of pictures", () => {
  const people: readonly PictureEntry[] = [
    { reference: "npm:@vladmandic/face-api/demo/sample3.jpg", label: "Nora", part: { x: 950, y: 80, width: 500, height: 560 } },
    { reference: "people/Ines/1.png", label: "Ines Maria" },
    { reference: "group.webp" },
    { reference: "data:image/png;base64,AAAA==", label: "Lena" },
  ];
  it("reads back what it wrote", () => expect(readPictureList(writePictureList(people))).toEqual({ kind: "list", entries: people }));
  it("tells a folder from a picture", () => {
    expect(readPictureList("people/")).toEqual({ kind: "folder", path: "people" });
    expect(readPictureList("people.jpg")).toEqual({ kind: "list", entries: [{ reference: "people.jpg" }] });
    expect(readPictureList("")).toEqual({ kind: "list", entries: [] });
  });
  it("keeps names that hold the list's own characters from breaking it", () => {
    expect(personName(" Smith, J.=x/y ")).toBe("Smith J. x y");
    expect(readPictureList(writePictureList([{ reference: "a.jpg", label: "O'Neil, Ann" }]))).toEqual({ kind: "list", entries: [{ reference: "a.jpg", label: "O'Neil Ann" }] });
  });
  it("counts people by name, or by file where there is none", () => expect([countPeople([{ reference: "a.jpg", label: "N" }, { reference: "b.jpg", label: "N" }, { reference: "x/c.jpg" }]), fileStem("x/c.jpg")]).toEqual([2, "c"]));
});

describe("parameters on the node", () => {
  const base = { title: "", help: "" };
  const numbers = ["a", "b", "c", "d"].map((name): ParamSpec => ({ ...base, kind: "number", name, default: 0 }));
  const specs: readonly ParamSpec[] = [...numbers, { ...base, kind: "choice", name: "mode", default: "x", choices: [{ value: "x", title: "X" }] }, { ...base, kind: "file", name: "file", default: "", accept: "image" }];
  const shown = (params: { readonly [name: string]: Json }): string[] => chooseInline(specs, params).shown.map((s) => s.name);
  it("shows files, choices and changed numbers first, in declared order", () => {
    expect(shown({})).toEqual(["a", "b", "mode", "file"]);
    expect(shown({ d: 3, c: 0 })).toEqual(["a", "d", "mode", "file"]);
    expect(chooseInline(specs, {}).more).toBe(2);
    expect(chooseInline(specs.slice(0, 3), {}).more).toBe(0);
  });
});

describe("the interface", () => {
  const io = { inputs: [{ name: "strength", node: "total", param: "strength" }], outputs: [] };
  it("finds a free name for a parameter", () => {
    const twice = exposeParam(exposeParam(io, "other", "strength"), "third", "steps", "How many.");
    expect(twice.inputs.map((e) => e.name)).toEqual(["strength", "other-strength", "steps"]);
    expect(paramInputs(twice.inputs).get("other")!.get("strength")).toBe("other-strength");
    expect(hideParam(twice, "other", "strength").inputs.map((e) => e.name)).toEqual(["strength", "steps"]);
  });
  it("moves, renames and forgets an empty description", () => {
    const two = exposeParam(io, "paint", "steps", "How many.");
    expect(moveEntry(two, "inputs", 1, -1).inputs.map((e) => e.name)).toEqual(["steps", "strength"]);
    expect(moveEntry(two, "inputs", 0, -1)).toEqual(two);
    expect(replaceEntry(two, "inputs", 1, { name: "n", doc: "" }).inputs[1]).toEqual({ name: "n", node: "paint", param: "steps" });
  });
});
