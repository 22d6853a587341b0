/** Forms of paths that are refused before any disk is touched, on either kind of system. */
import { describe, expect, it } from "vitest";
import { quoted, refusedForm } from "./path-form.ts";

describe("refusedForm", () => {
  it.each(["photo.jpg", "a/b/c.png", "./a.png", "../a.png", "/abs/a.png", "12:30.jpg", "con/a.png"])("leaves %j to the check of folders", (reference) => {
    expect(refusedForm(reference, false)).toBeUndefined();
  });
  it.each([
    ["", "empty"],
    ["a\0.jpg", "NUL"],
    ["file:///etc/passwd", "URL"],
    ["FILE:/etc/passwd", "URL"],
    ["https://example.org/a.jpg", "web address"],
    ["ftp://example.org/a.jpg", "URL"],
    ["//server/share/a.jpg", "network or device"],
    ["\\\\server\\share\\a.jpg", "network or device"],
    ["\\\\.\\pipe\\a", "network or device"],
    ["\\\\?\\C:\\a.jpg", "network or device"],
    ["C:\\Windows\\win.ini", "Windows drive"],
    ["c:a.jpg", "Windows drive"],
    ["a\\b.jpg", 'Write "/"'],
  ])("refuses %j", (reference, why) => {
    expect(refusedForm(reference, false)).toContain(why);
  });
  it("refuses what is longer than any path", () => {
    expect(refusedForm("x".repeat(5000), false)).toContain("5000 characters");
  });
  it("on Windows leaves drive paths and backslashes to the check of folders, and refuses streams and devices", () => {
    expect(refusedForm("C:\\photos\\a.jpg", true)).toBeUndefined();
    expect(refusedForm("C:/photos/a.jpg", true)).toBeUndefined();
    expect(refusedForm("a\\b.jpg", true)).toBeUndefined();
    expect(refusedForm("C:a.jpg", true)).toContain("current folder");
    expect(refusedForm("a.jpg:secret", true)).toContain("stream");
    expect(refusedForm("C:\\a\\b.jpg::$DATA", true)).toContain("stream");
    for (const device of ["con", "NUL", "a/aux.jpg", "com1.png", "lpt¹", "nul .txt"]) expect(refusedForm(device, true), device).toContain("device");
    expect(refusedForm("\\\\?\\C:\\a.jpg", true)).toContain("network or device");
  });
});

describe("quoted", () => {
  it("shows control and direction characters as escapes and cuts long names", () => {
    expect(quoted("a\u001b[31m\n\u202egpj.exe\u009b")).toBe('"a\\u001b[31m\\n\\u202egpj.exe\\u009b"');
    expect(quoted("x".repeat(500)).length).toBe(122);
  });
});
