/** Sentences of declarations: what stands between backticks is code. */
import type { ReactNode } from "react";

export const withCode = (text: string): ReactNode => text.split("`").map((part, i) => (i % 2 ? <code key={i} className="pb-code">{part}</code> : part));
