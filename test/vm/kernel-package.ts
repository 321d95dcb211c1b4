// Fetches Debian's stock kernel as plain files: the image and its modules are unpacked into a cache
// folder and booted from there. Nothing is installed on the host.
import { execFileSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
} from "node:fs";
import { join } from "node:path";

/** A kernel unpacked on disk, ready to boot. */
export interface UnpackedKernel {
	/** The release as `uname -r` prints it in the guest. */
	readonly release: string;
	readonly image: string;
	readonly modules: string;
}

/** Not the cloud flavour: it is built without 9p, over which the guest sees the host's files. */
const META_PACKAGE = "linux-image-amd64";

function runTool(file: string, args: readonly string[], cwd?: string): string {
	return execFileSync(file, args, {
		cwd,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** The versioned package behind the meta package, such as `linux-image-6.1.0-56-amd64`. */
function resolvePackage(): string {
	const listing = runTool("apt-cache", ["depends", META_PACKAGE]);
	const found = /Depends: (linux-image-\S+)/.exec(listing);
	if (!found?.[1]) {
		throw new Error(
			`apt offers no ${META_PACKAGE}: run "apt-get update" and try again`,
		);
	}
	return found[1];
}

function openUnpacked(folder: string): UnpackedKernel | undefined {
	const base = join(folder, "lib/modules");
	const release = existsSync(base) ? readdirSync(base)[0] : undefined;
	if (release === undefined) return undefined;
	const image = join(folder, "boot", `vmlinuz-${release}`);
	return existsSync(image)
		? { release, image, modules: join(base, release) }
		: undefined;
}

function download(name: string, cache: string): UnpackedKernel {
	const scratch = join(cache, `.${name}.${process.pid}`);
	mkdirSync(scratch, { recursive: true });
	try {
		runTool("apt-get", ["-q", "download", name], scratch);
		const archive = readdirSync(scratch).find((file) => file.endsWith(".deb"));
		if (!archive) throw new Error(`apt-get download ${name} left no package`);
		runTool("dpkg", ["-x", archive, "root"], scratch);
		const folder = join(cache, name);
		// Another run may have finished first; its copy is as good as ours.
		if (!existsSync(folder)) renameSync(join(scratch, "root"), folder);
		const kernel = openUnpacked(folder);
		if (!kernel) throw new Error(`${name} holds no kernel image`);
		return kernel;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

/** The kernel to boot, from the cache folder or through apt. */
export function fetchKernel(cache: string): UnpackedKernel {
	const name = resolvePackage();
	return openUnpacked(join(cache, name)) ?? download(name, cache);
}
