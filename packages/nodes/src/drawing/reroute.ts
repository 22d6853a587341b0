/** A point that a wire is led through, to keep a drawing tidy. */
import { defineNode } from "@patchbay/runtime/node-api";

export const reroute = defineNode({
  type: "Reroute",
  version: 1,
  title: "Reroute",
  group: "Drawing",
  doc: "A point on a wire, to lead it around other nodes or to branch it nearer to where it is read. It computes nothing: whatever runs, optimises or exports the graph sees one wire.",
  synonyms: ["dot", "knot", "waypoint", "bend", "relay", "pass through", "route"],
  passThrough: true,
  inputs: [{ name: "in", doc: "Anything.", type: { kind: "any" }, optional: true }],
  outputs: [{ name: "out", doc: "What arrives.", type: { kind: "any" } }],
  params: [],
});
