/** The editor as a React component, for other programs. */
export type { Editor } from "./model/editor.ts";
