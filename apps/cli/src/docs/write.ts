/** `npm run docs:nodes`: writes the generated pages. */
import { writeNodeReference } from "./node-reference.ts";

await writeNodeReference("docs/nodes.md");
