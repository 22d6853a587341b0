/** Edits of wires, of the interface, of comments and of the document's own fields. */
import type { Draft } from "immer";
import { SUBGRAPH } from "../declaration/registry.ts";
import type { GraphComment, GraphNode } from "../document/document.ts";
import { splitEndpoint, wireText } from "../document/endpoint.ts";
import { cleanJson } from "../file/clean-json.ts";
import { DEFAULT_LIMITS } from "../file/limits.ts";
import { readComments } from "../file/read-body.ts";
import { readInterface } from "../file/read-wires.ts";
import { Report } from "../file/report.ts";
import type { Change } from "./change.ts";
import { findNode, noSuchNode, plain, refuse, setOrDelete, type BodyDraft, type EditContext, type Refusal } from "./edit-context.ts";

type Of<K extends Change["kind"]> = Extract<Change, { kind: K }>;

/** Without a registry every port is taken to hold one wire, as ports do unless they are declared `multiple`. */
export function connect(context: EditContext, { wire }: Of<"connect">): Refusal | void {
  const { body } = context;
  for (const end of [wire.from, wire.to]) {
    const { node, port } = splitEndpoint(end);
    if (!port) return refuse("bad-wire", `“${end}” is not of the form node.port.`, { wire: wireText(wire, context.prefix) });
    if (!findNode(body, node)) return { ...noSuchNode(context, node), wire: wireText(wire, context.prefix) };
  }
  const wires = plain(body.wires);
  if (wires.some((old) => old.from === wire.from && old.to === wire.to)) return;
  const kept = takesMany(context, body, wire.to) ? wires : wires.filter((old) => old.to !== wire.to);
  body.wires = [...kept, { from: wire.from, to: wire.to }];
}

function takesMany(context: EditContext, body: BodyDraft, end: string): boolean {
  let { node: id, port } = splitEndpoint(end);
  for (;;) {
    const node = findNode(body, id);
    if (!node) return false;
    if (node.type !== SUBGRAPH) return context.registry?.get(node.type)?.inputs.find((input) => input.name === port)?.multiple ?? false;
    const entry = node.graph?.interface.inputs.find((input) => input.name === port && input.port !== undefined);
    if (!entry) return false;
    [body, id, port] = [node.graph!, entry.node, entry.port!];
  }
}

export function disconnect(context: EditContext, { wire }: Of<"disconnect">): Refusal | void {
  const { body } = context;
  const wires = plain(body.wires);
  const left = wires.filter((old) => old.from !== wire.from || old.to !== wire.to);
  if (left.length === wires.length) return refuse("no-such-wire", `There is no wire from ${wire.from} to ${wire.to}.`, { wire: wireText(wire, context.prefix) });
  body.wires = left;
}

export function setInterface(context: EditContext, { interface: io }: Of<"set-interface">): Refusal | void {
  const report = new Report();
  const nodes = new Map(context.body.nodes.map((node) => [node.id, node as GraphNode]));
  const clean = cleanJson(io, DEFAULT_LIMITS, report);
  const read = readInterface(clean, "", context.prefix, nodes, report);
  const error = report.list().find((diagnostic) => diagnostic.severity === "error");
  if (error) return refuse(error.code, error.message, error.node === undefined ? {} : { node: error.node });
  context.body.interface = read as BodyDraft["interface"];
}

export function setComment(context: EditContext, { comment }: Of<"set-comment">): Refusal | void {
  const report = new Report();
  const [read] = readComments([cleanJson(comment, DEFAULT_LIMITS, report) ?? null], "", report);
  const error = report.list().find((diagnostic) => diagnostic.severity === "error");
  if (!read || error) return refuse(error?.code ?? "bad-comment", error?.message ?? "This is not a comment.");
  const comments = (context.body.comments ??= []);
  const index = comments.findIndex((old) => old.id === read.id);
  comments[index < 0 ? comments.length : index] = read as Draft<GraphComment>;
}

export function removeComment(context: EditContext, { id }: Of<"remove-comment">): Refusal | void {
  const { body } = context;
  if (!body.comments?.some((comment) => comment.id === id)) return refuse("no-such-comment", `There is no comment “${id}” here.`);
  const left = body.comments.filter((comment) => comment.id !== id);
  if (left.length) body.comments = left;
  else delete body.comments;
}

export function setDocument(context: EditContext, { fields }: Of<"set-document">): void {
  for (const key of ["title", "description"] as const) if (key in fields) setOrDelete(context.document, key, fields[key]);
}
