// The command behind scripts/vm.sh: runs one shell command in the guest and passes its output and its
// exit code through.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runInVm } from "./boot.ts";

const USAGE = `usage: scripts/vm.sh [-c] [-t SECONDS] [-e NAME]... [-s FOLDER] 'COMMAND'
       scripts/vm.sh [options] -- PROGRAM ARGUMENT...
Runs a command as root on Debian's stock kernel in QEMU, in the current folder.
  -t  end the machine after this many seconds (default 300)
  -e  pass this environment variable on
  -c  run clang on the host, which is much faster
  -s  a host folder that the guest can write to, as /mnt/share
  -v  print the guest's kernel messages afterwards`;

function quote(word: string): string {
	return `'${word.replaceAll("'", "'\\''")}'`;
}

async function main(repository: string, words: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: words,
		allowPositionals: true,
		options: {
			t: { type: "string", short: "t", default: "300" },
			e: { type: "string", short: "e", multiple: true },
			c: { type: "boolean", short: "c", default: false },
			s: { type: "string", short: "s" },
			v: { type: "boolean", short: "v", default: false },
		},
	});
	const [first] = positionals;
	if (first === undefined) {
		console.error(USAGE);
		return 2;
	}
	const result = await runInVm({
		command:
			positionals.length === 1 ? first : positionals.map(quote).join(" "),
		directory: process.cwd(),
		timeoutSeconds: Number(values.t),
		cache: join(repository, ".cache", "vm"),
		environment: values.e ?? [],
		clangOnHost: values.c,
		...(values.s === undefined ? {} : { share: values.s }),
		onStdout: (chunk) => process.stdout.write(chunk),
		onStderr: (chunk) => process.stderr.write(chunk),
	});
	if (values.v || result.exitCode === undefined) {
		process.stderr.write(result.console);
	}
	if (result.exitCode !== undefined) return result.exitCode;
	console.error(
		result.timedOut
			? `vm: ended after ${values.t} s`
			: "vm: the machine stopped before the command ended",
	);
	return result.timedOut ? 124 : 125;
}

const [repository = ".", ...words] = process.argv.slice(2);
process.exitCode = await main(repository, words);
