/** What is typed on the command line as the value of a parameter, by the parameter's kind. */
import type { Json, ParamSpec } from "@patchbay/graph-core";

/** The value, or the sentence that says why the text is none. Ranges are checked with all other parameters of the graph. */
export function parseParam(spec: ParamSpec, text: string): { value: Json } | { problem: string } {
  const wrong = (wanted: string) => ({ problem: `${spec.title} takes ${wanted}; "${text}" is not.` });
  switch (spec.kind) {
    case "number": {
      const value = text.trim() === "" ? NaN : Number(text);
      return Number.isFinite(value) ? { value } : wrong("a number");
    }
    case "boolean":
      if (/^(?:true|yes|on|1)$/i.test(text)) return { value: true };
      return /^(?:false|no|off|0)$/i.test(text) ? { value: false } : wrong("true or false");
    case "choice":
      return spec.choices.some((c) => c.value === text) ? { value: text } : wrong(`one of ${spec.choices.map((c) => c.value).join(", ")}`);
    case "layers":
      return parseList(text, (item) => (typeof item === "string" ? item : undefined)) ?? wrong("a list of layer names, such as a,b,c");
    case "numbers":
      return parseNumbers(text) ?? wrong("numbers, such as 1,2,3 or [[1,2],[3,4]]");
    case "text":
    case "file":
      return { value: text };
  }
}

/** JSON, or items between commas. */
function parseList(text: string, item: (value: unknown) => Json | undefined): { value: Json } | undefined {
  const items = text.trim().startsWith("[") ? tryJson(text) : text.split(",").map((part) => part.trim()).filter((part) => part !== "");
  if (!Array.isArray(items)) return undefined;
  const values = items.map(item);
  return values.every((value) => value !== undefined) ? { value: values } : undefined;
}

/** Numbers between commas, or nested JSON lists of finite numbers. */
export function parseNumbers(text: string): { value: readonly Json[] } | undefined {
  const nested = text.trim().startsWith("[") ? tryJson(text) : text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (!Array.isArray(nested)) return undefined;
  const work: unknown[] = [...nested];
  while (work.length) {
    const item = work.pop();
    if (Array.isArray(item)) for (const inner of item) work.push(inner);
    else if (typeof item !== "number" || !Number.isFinite(item)) return undefined;
  }
  return { value: nested as readonly Json[] };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
