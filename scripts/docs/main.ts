// npm run docs: writes the pages that are made from the sources.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allPages, root } from "./pages.ts";

for (const [path, text] of allPages()) {
	writeFileSync(join(root, path), text);
	console.log(path);
}
