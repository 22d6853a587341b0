/** The file format as JSON Schema, so that other editors complete and check graphs while they are typed. */
import type { NodeDeclaration, NodeRegistry } from "../declaration/declaration.ts";
import type { ParamSpec } from "../declaration/param.ts";
import { SUBGRAPH } from "../declaration/registry.ts";
import type { Json } from "../document/document.ts";
import { FORMAT_VERSION } from "../document/endpoint.ts";

type Schema = { readonly [keyword: string]: Json };

/** JSON Schema 2020-12 of a graph file. Node types that the registry does not know are allowed with any parameters. */
export function graphJsonSchema(registry: NodeRegistry): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Patchbay graph",
    type: "object",
    required: ["format", "version", "nodes", "wires"],
    properties: {
      format: { const: "patchbay-graph" },
      version: { const: FORMAT_VERSION },
      title: { type: "string" },
      description: { type: "string" },
      ...BODY,
    },
    additionalProperties: false,
    $defs: {
      body: { type: "object", required: ["nodes", "wires"], properties: BODY, additionalProperties: false },
      node: nodeSchema(registry),
      ...SHARED,
    },
  };
}

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const list = (name: string): Schema => ({ type: "array", items: ref(name) });

const BODY: Schema = { nodes: list("node"), wires: list("wire"), interface: ref("interface"), comments: list("comment") };

const text: Schema = { type: "string" };
const number: Schema = { type: "number" };
const name: Schema = { type: "string", minLength: 1, maxLength: 128, pattern: "^[^./]+$" };

function record(required: readonly string[], properties: { readonly [key: string]: Json }): Schema {
  return { type: "object", required, properties, additionalProperties: false };
}

const SHARED: { readonly [name: string]: Json } = {
  id: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$" },
  end: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,127}\\.[^./]+$", description: "node.port" },
  wire: record(["from", "to"], { from: ref("end"), to: ref("end") }),
  position: record(["x", "y"], { x: number, y: number }),
  interface: record([], {
    inputs: {
      type: "array",
      items: {
        ...record(["name", "node"], { name, node: ref("id"), param: text, port: text, at: { type: "integer", minimum: 0 }, doc: text }),
        oneOf: [{ required: ["param"] }, { required: ["port"] }],
      },
    },
    outputs: { type: "array", items: record(["name", "node", "port"], { name, node: ref("id"), port: text, doc: text }) },
  }),
  comment: record(["id", "text"], {
    id: text,
    text,
    position: ref("position"),
    size: record(["width", "height"], { width: number, height: number }),
    color: text,
    nodes: { type: "array", items: ref("id") },
  }),
  numbers: { type: "array", items: { anyOf: [number, ref("numbers")] } },
};

function nodeSchema(registry: NodeRegistry): Schema {
  const common = {
    id: ref("id"),
    type: { type: "string", minLength: 1, maxLength: 128, examples: [...registry.declarations.map((d) => d.type), SUBGRAPH] },
    version: { type: "integer", minimum: 1 },
    title: text,
    comment: text,
    position: ref("position"),
    collapsed: { type: "boolean" },
    muted: { type: "boolean" },
    params: { type: "object" },
    graph: ref("body"),
  };
  return { ...record(["id", "type", "version"], common), allOf: registry.declarations.map(paramsOfType) };
}

/** Only for parameters of today's version: older ones are migrated when the file is read. */
function paramsOfType(declaration: NodeDeclaration): Schema {
  const properties = Object.fromEntries(declaration.params.map((spec) => [spec.name, paramSchema(spec)]));
  return {
    if: { properties: { type: { const: declaration.type }, version: { const: declaration.version } }, required: ["type", "version"] },
    // oxlint-disable-next-line no-thenable -- a keyword of JSON Schema
    then: { properties: { params: { type: "object", description: declaration.doc, properties, additionalProperties: false } } },
  };
}

function paramSchema(spec: ParamSpec): Schema {
  return { title: spec.title, description: spec.help, default: spec.default, ...valueSchema(spec) };
}

function valueSchema(spec: ParamSpec): Schema {
  switch (spec.kind) {
    case "number":
      return {
        type: spec.integer ? "integer" : "number",
        ...(spec.min === undefined ? {} : { minimum: spec.min }),
        ...(spec.max === undefined ? {} : { maximum: spec.max }),
      };
    case "choice":
      return { enum: spec.choices.map((choice) => choice.value) };
    case "boolean":
      return { type: "boolean" };
    case "text":
    case "file":
      return text;
    case "layers":
      return { type: "array", items: text, uniqueItems: true };
    case "numbers":
      return ref("numbers");
  }
}
