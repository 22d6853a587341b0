/** Finds where JSON text goes wrong, because engines differ in whether they say so. Only run on text that did not parse. */

export interface SyntaxProblem {
  line: number;
  column: number;
  /** A full sentence. */
  message: string;
}

type Expecting = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma" | "end";

const SPACE = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids control characters in texts
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** Walks the text token by token with its own stack. `null` if nothing is wrong with it. */
export function findSyntaxError(text: string): SyntaxProblem | null {
  const stack: ("[" | "{")[] = [];
  let expecting: Expecting = "value";
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const afterValue = (): Expecting => (stack.length ? "comma" : "end");
  for (;;) {
    match(SPACE);
    const c = text[at];
    if (c === undefined) return expecting === "end" ? null : problem(text, at, "The text ends before the graph does.");
    const top = stack.at(-1);
    if ((c === "]" && top === "[" && (expecting === "comma" || expecting === "value or ]")) || (c === "}" && top === "{" && (expecting === "comma" || expecting === "key or }"))) {
      stack.pop();
      at++;
      expecting = afterValue();
    } else if (expecting === "comma" && c === ",") {
      at++;
      expecting = top === "[" ? "value" : "key";
    } else if (expecting === "colon" && c === ":") {
      at++;
      expecting = "value";
    } else if ((expecting === "key" || expecting === "key or }") && c === '"' && match(STRING)) {
      expecting = "colon";
    } else if (expecting === "value" || expecting === "value or ]") {
      if (c === "[" || c === "{") {
        stack.push(c);
        at++;
        expecting = c === "[" ? "value or ]" : "key or }";
      } else if (match(STRING) || match(SCALAR)) expecting = afterValue();
      else return problem(text, at, `${shown(c)} is not a value.`);
    } else return problem(text, at, WANTED[expecting].replace("?", shown(c)));
  }
}

const WANTED: { readonly [E in Expecting]: string } = {
  value: "A value is missing before ?.",
  "value or ]": "A value is missing before ?.",
  key: 'A name in "quotes" is missing before ?.',
  "key or }": 'A name in "quotes" is missing before ?.',
  colon: "A colon is missing before ?.",
  comma: "A comma or a closing bracket is missing before ?.",
  end: "There is something after the end of the graph: ?.",
};

const shown = (c: string): string => (c === '"' ? "a text" : `“${c}”`);

function problem(text: string, at: number, message: string): SyntaxProblem {
  let line = 1;
  let start = 0;
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) {
    line++;
    start = i + 1;
  }
  return { line, column: at - start + 1, message };
}
