// Several BPF objects as one, by libbpf's static linker: the script's own and those of the C libraries that it imports.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { libraryPrefix } from "../../src/types/c-library.ts";
import type { Ffi } from "../ffi/ffi.ts";
import {
	type LibbpfFunctions,
	loadLibbpf,
	withMessages,
} from "../ffi/libbpf.ts";
import { loadLibc } from "../ffi/libc.ts";
import { fail, type Result, succeed } from "../result.ts";
import { withLicenseOf } from "./license.ts";

export interface ObjectToLink {
	/** As messages name it. */
	readonly name: string;
	/** ELF bytes. */
	readonly bytes: Uint8Array;
}

/** The first is the script's. Takes and gives ELF bytes; the linker itself reads and writes files, in `folder`. */
export function linkObjects(
	ffi: Ffi,
	objects: readonly ObjectToLink[],
	folder: string,
): Result<Uint8Array> {
	const libbpf = loadLibbpf(ffi);
	const libc = loadLibc(ffi);
	if (!libbpf.ok) return libbpf;
	if (!libc)
		return fail("E0701", { library: "the C library", why: "it is unknown" });
	const [script] = objects;
	const files = objects.map(({ bytes }, i) => {
		const path = join(folder, `${i}.o`);
		writeFileSync(path, script ? withLicenseOf(script.bytes, bytes) : bytes);
		return path;
	});
	const output = join(folder, "linked.o");
	const { result: wrong, text } = withMessages(libc, libbpf.value, () =>
		link(libbpf.value.call, files, output),
	);
	if (wrong === undefined) return succeed(readFileSync(output));
	return fail("E0607", {
		path: objects[wrong]?.name ?? "",
		why: told(text),
	});
}

/** libbpf's words without what is ours: the files' names, and the prefix of functions. */
function told(text: string): string {
	// It can't be said of which table.
	if (text.includes("STT_SECTION"))
		return "a table of pointers (to texts, say) is in it, which cannot be in an object for eBPF; an array of arrays can: char names[][8]";
	return text
		.replace(/^libbpf: /gm, "")
		.replace(/ in '[^']*'/g, "")
		.replaceAll(libraryPrefix, "")
		.trim();
}

/** undefined when all went well; otherwise the position of the file that did not fit. */
function link(
	libbpf: LibbpfFunctions,
	files: readonly string[],
	output: string,
): number | undefined {
	const linker = libbpf.bpf_linker__new(output, null);
	if (linker === null) return 0;
	const wrong = files.findIndex(
		(file) => libbpf.bpf_linker__add_file(linker, file, null) !== 0,
	);
	const whole = wrong < 0 && libbpf.bpf_linker__finalize(linker) === 0;
	libbpf.bpf_linker__free(linker);
	if (whole) return undefined;
	return wrong < 0 ? files.length - 1 : wrong;
}
