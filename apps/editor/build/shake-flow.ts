/**
 * Lets the bundler leave out what of React Flow is not used. Its components are named by assignments, and each of those keeps its component;
 * and D3 brings colour spaces along for transitions of colours, of which the canvas has none: it moves by numbers.
 */
import type { Plugin } from "vite";

const SYSTEM = /\/@xyflow\/system\/dist\/esm\/index\.m?js$/;
const INTERPOLATE = /\/d3-interpolate\/dist\/d3-interpolate\.mjs$/;
const TRANSITION = /\/d3-transition\/dist\/d3-transition\.mjs$/;
const FLOW = /\/@xyflow\/react\/dist\/esm\/index\.m?js$/;

export const shakeFlow = (): Plugin => ({
  name: "patchbay:shake-flow",
  apply: "build",
  transform(code, id) {
    if (SYSTEM.test(id)) return { code: code.replace("import { interpolateZoom, interpolate } from 'd3-interpolate'", "import { interpolateZoom, interpolateNumberArray as interpolate } from 'd3-interpolate'"), map: null };
    if (INTERPOLATE.test(id)) return { code: code.replace(/^(var \w+ = )(?=\(function|\w+\()/gm, "$1/* @__PURE__ */ "), map: null };
    if (TRANSITION.test(id)) return { code: code.replace(/\n\s*: b instanceof color \? interpolateRgb\n\s*: \(c = color\(b\)\) \? \(b = c, interpolateRgb\)/, ""), map: null };
    if (!FLOW.test(id)) return null;
    // Names for React's tools, and calls that do nothing but wrap.
    return { code: code.replace(/^\w+\.displayName = '\w+';$/gm, "").replace(/^((?:const|var) [\w$]+ = )(?=(?:memo|forwardRef|fixedForwardRef|createContext)\()/gm, "$1/* @__PURE__ */ "), map: null };
  },
});
