// Boots the guest once, runs one command in it and brings back what it printed, its exit code and the
// files it left in the share.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GUEST_BIN, serveClang } from "./clang-on-host.ts";
import { packInitramfs } from "./initramfs.ts";
import { collectModules } from "./kernel-modules.ts";
import { fetchKernel, type UnpackedKernel } from "./kernel-package.ts";
import { retranslate } from "./retranslate.ts";

export interface VmRequest {
	/** A shell script, run by the host's /bin/sh inside the guest. */
	readonly command: string;
	/** Where the command starts; the folder is shown read-only in the guest. */
	readonly directory: string;
	/** Seconds from power-on after which the machine is ended. */
	readonly timeoutSeconds: number;
	/** The machine is ended when it has written nothing to stdout for so long. */
	readonly silenceSeconds?: number;
	/** Kernel packages are kept here between runs. */
	readonly cache: string;
	/** Names of environment variables that the command gets from this process. */
	readonly environment?: readonly string[];
	/** A host folder that the guest sees writable as /mnt/share; by default one that is removed. */
	readonly share?: string;
	/** The guest's clang is the host's: see clang-on-host.ts. */
	readonly clangOnHost?: boolean;
	readonly onStdout: (chunk: Buffer) => void;
	readonly onStderr: (chunk: Buffer) => void;
}

export interface VmResult {
	/** The command's exit code; undefined when the guest ended before the command did. */
	readonly exitCode: number | undefined;
	readonly timedOut: boolean;
	/** What the guest's kernel and init printed. */
	readonly console: string;
	readonly release: string;
}

const WANTED_MODULES = [
	"virtio_pci",
	"9pnet_virtio",
	"9p",
	"overlay",
	"virtio_blk",
	"crc32c_generic",
	"ext4",
	"loop",
];
const DISK_BYTES = 256 << 20;
/** KVM is not used even where it is offered: in nested machines the guest hangs on it. */
const EMULATION = "tcg,thread=multi";
const MEMORY_MIB = 2048;
const CPUS = 2;
/** After so long a silence the machine may have got stuck in QEMU, and is given a push. */
const PUSH_AFTER_SECONDS = 10;
const HIDDEN_BY_TMPFS = /^\/(tmp|run|var\/tmp|mnt)(\/|$)/;

function quote(word: string): string {
	return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A sparse file with an ext4 file system; journal-less so that what a case writes is what is traced. */
function makeDisk(path: string): void {
	writeFileSync(path, "");
	truncateSync(path, DISK_BYTES);
	const tool = existsSync("/sbin/mkfs.ext4") ? "/sbin/mkfs.ext4" : "mkfs.ext4";
	execFileSync(tool, ["-q", "-F", path]);
}

function writeCommand(request: VmRequest, share: string): void {
	const passed = (request.environment ?? []).flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [`export ${name}=${quote(value)}`];
	});
	const path = process.env.PATH ?? "/usr/sbin:/usr/bin:/sbin:/bin";
	const lines = [
		"export HOME=/tmp/home TMPDIR=/tmp LANG=C.UTF-8",
		`export PATH=${quote(request.clangOnHost ? `${GUEST_BIN}:${path}` : path)}`,
		...passed,
		`cd ${quote(request.directory)} || exit 125`,
		request.command,
	];
	rmSync(join(share, "exit-code"), { force: true });
	writeFileSync(join(share, "command.sh"), `${lines.join("\n")}\n`);
}

function qemuArguments(
	kernel: UnpackedKernel,
	scratch: string,
	share: string,
	directory: string,
): string[] {
	// A folder under one of the guest's own tmpfs mounts has to be shown again on top of it.
	const keep = HIDDEN_BY_TMPFS.test(directory) ? ` kask.keep=${directory}` : "";
	const plan9 = "local,security_model=none,multidevs=remap";
	return [
		...["-accel", process.env.KASK_VM_ACCEL ?? EMULATION],
		...["-cpu", "max", "-smp", String(CPUS)],
		...["-m", String(MEMORY_MIB), "-display", "none", "-no-reboot"],
		...["-nodefaults", "-no-user-config"],
		...["-kernel", kernel.image, "-initrd", join(scratch, "initramfs")],
		...["-append", `console=ttyS0 panic=-1 loglevel=4 mitigations=off${keep}`],
		...["-virtfs", `${plan9},path=/,mount_tag=host,readonly=on`],
		...["-virtfs", `${plan9},path=${share},mount_tag=share`],
		"-drive",
		`file=${join(scratch, "disk")},format=raw,if=virtio,cache=unsafe`,
		...["-serial", `file:${join(scratch, "console")}`],
		...["-gdb", `unix:${join(scratch, "gdb")},server=on,wait=off`],
		// Both streams of the command come over sockets that this process listens on.
		...["-chardev", `socket,id=out,path=${join(scratch, "stdout")}`],
		...["-chardev", `socket,id=err,path=${join(scratch, "stderr")}`],
		...["-serial", "chardev:out", "-serial", "chardev:err"],
	];
}

interface Listener {
	/** Closes the socket and resolves when all that was sent has been handed over. */
	drained(): Promise<void>;
}

async function listen(
	path: string,
	onData: (chunk: Buffer) => void,
): Promise<Listener> {
	const server = createServer((socket) => socket.on("data", onData));
	server.listen(path);
	await once(server, "listening");
	return {
		drained: async () => {
			server.close();
			await once(server, "close");
		},
	};
}

/** Resolves to true when the time ran out, or nothing was said for too long, and the machine was ended. */
function waitForEnd(
	machine: ChildProcess,
	{ timeoutSeconds, silenceSeconds = timeoutSeconds }: VmRequest,
	lastWord: () => number,
	push: () => void,
): Promise<boolean> {
	return new Promise((resolve, reject) => {
		let timedOut = false;
		const start = performance.now();
		let pushed = start;
		const timer = setInterval(() => {
			const now = performance.now();
			const word = Math.max(start, lastWord());
			const silent = now - word;
			if (now - Math.max(word, pushed) > PUSH_AFTER_SECONDS * 1000) {
				pushed = now;
				push();
			}
			if (now - start < timeoutSeconds * 1000 && silent < silenceSeconds * 1000)
				return;
			timedOut = true;
			machine.kill("SIGKILL");
		}, 500);
		machine.on("error", reject);
		machine.on("close", () => {
			clearInterval(timer);
			resolve(timedOut);
		});
	});
}

function readIfThere(path: string): string {
	return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** Boots, runs, powers off. Rejects when the machine can't even be started. */
export async function runInVm(request: VmRequest): Promise<VmResult> {
	mkdirSync(request.cache, { recursive: true });
	const kernel = fetchKernel(request.cache);
	const scratch = mkdtempSync(join(tmpdir(), "kask-vm-"));
	try {
		const share = request.share ?? join(scratch, "share");
		mkdirSync(share, { recursive: true });
		const init = join(import.meta.dirname, "init.sh");
		const modules = collectModules(kernel.modules, WANTED_MODULES);
		const archive = packInitramfs("/bin/busybox", init, modules);
		writeFileSync(join(scratch, "initramfs"), archive);
		makeDisk(join(scratch, "disk"));
		writeCommand(request, share);
		let lastWord = 0;
		const onStdout = (chunk: Buffer) => {
			lastWord = performance.now();
			request.onStdout(chunk);
		};
		const streams = [
			await listen(join(scratch, "stdout"), onStdout),
			await listen(join(scratch, "stderr"), request.onStderr),
		];
		const clang = request.clangOnHost ? serveClang(share) : undefined;
		const machine = spawn(
			"qemu-system-x86_64",
			qemuArguments(kernel, scratch, share, request.directory),
			{ stdio: ["ignore", "inherit", "inherit"] },
		);
		const timedOut = await waitForEnd(
			machine,
			request,
			() => lastWord,
			// A machine that is just ending does not listen any more.
			() => void retranslate(join(scratch, "gdb"), CPUS).catch(() => {}),
		);
		clang?.close();
		await Promise.all(streams.map((stream) => stream.drained()));
		const code = readIfThere(join(share, "exit-code")).trim();
		return {
			exitCode: code === "" ? undefined : Number(code),
			timedOut,
			console: readIfThere(join(scratch, "console")),
			release: kernel.release,
		};
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}
