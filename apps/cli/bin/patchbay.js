#!/usr/bin/env node
let main;
try {
  ({ main } = await import("../dist/main.js"));
} catch (error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND" || !/dist.main\.js/.test(String(error.message))) throw error;
  process.stderr.write("patchbay is not built yet. Run: npm run build\n");
  process.exit(1);
}
await main(process.argv.slice(2));
