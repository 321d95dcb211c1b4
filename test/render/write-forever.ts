// Writes lines until the reader has gone away, and says so on stderr.
import { writeSync } from "node:fs";
import { openWriter } from "../../runtime/output/writer.ts";

let open = true;
const writer = openWriter({
	fd: 1,
	mode: "line",
	onClosed: () => {
		open = false;
	},
	onFailed: (error) => {
		throw error;
	},
});
for (let i = 0; open; i++) {
	writer.write(`line ${i}\n`);
	writer.flush();
}
writer.write("more");
writer.finish();
writeSync(2, "closed\n");
