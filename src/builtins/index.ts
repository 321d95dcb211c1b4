// All builtins there are. Adding one is one file and one line here.
import { args } from "./args.ts";
import { numberedArguments } from "./argument.ts";
import { avg } from "./avg.ts";
import { buf } from "./buf.ts";
import { cat } from "./cat.ts";
import { cgroup } from "./cgroup.ts";
import { cgroupPath } from "./cgroup-path.ts";
import { clear } from "./clear.ts";
import { comm } from "./comm.ts";
import { count } from "./count.ts";
import { cpu } from "./cpu.ts";
import { ctx } from "./ctx.ts";
import { curtask } from "./curtask.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { deleteElement } from "./delete.ts";
import { elapsed } from "./elapsed.ts";
import { errorf } from "./errorf.ts";
import { exit } from "./exit.ts";
import { func } from "./func.ts";
import { getopt } from "./getopt.ts";
import { gid } from "./gid.ts";
import { hasKey } from "./has-key.ts";
import { hist } from "./hist.ts";
import { join } from "./join.ts";
import { kaddr } from "./kaddr.ts";
import { kstack } from "./kstack.ts";
import { ksym } from "./ksym.ts";
import { len } from "./len.ts";
import { lhist } from "./lhist.ts";
import { macaddr } from "./macaddr.ts";
import { max } from "./max.ts";
import { min } from "./min.ts";
import { nsecs } from "./nsecs.ts";
import { ntop } from "./ntop.ts";
import { pid } from "./pid.ts";
import { print } from "./print.ts";
import { printHist } from "./print-hist.ts";
import { printf } from "./printf.ts";
import { probe } from "./probe.ts";
import { pton } from "./pton.ts";
import { rand } from "./rand.ts";
import { retval } from "./retval.ts";
import { signalName } from "./signal-name.ts";
import { stats } from "./stats.ts";
import { str } from "./str.ts";
import { strerror } from "./strerror.ts";
import { strftime } from "./strftime.ts";
import { strncmp } from "./strncmp.ts";
import { sum } from "./sum.ts";
import { syscallName } from "./syscall-name.ts";
import { system } from "./system.ts";
import { tid } from "./tid.ts";
import { time } from "./time.ts";
import { tseries } from "./tseries.ts";
import { uid } from "./uid.ts";
import { username } from "./username.ts";
import { ustack } from "./ustack.ts";
import { usym } from "./usym.ts";
import { warnf } from "./warnf.ts";
import { zero } from "./zero.ts";

export const allBuiltins: readonly BuiltinDefinition[] = [
	args,
	...numberedArguments,
	avg,
	buf,
	cat,
	cgroupPath,
	cgroup,
	clear,
	comm,
	count,
	cpu,
	ctx,
	curtask,
	deleteElement,
	elapsed,
	errorf,
	exit,
	func,
	getopt,
	gid,
	hasKey,
	hist,
	join,
	kaddr,
	kstack,
	ksym,
	len,
	lhist,
	macaddr,
	max,
	min,
	nsecs,
	ntop,
	pid,
	printHist,
	print,
	printf,
	probe,
	pton,
	rand,
	retval,
	signalName,
	stats,
	str,
	strerror,
	strftime,
	strncmp,
	sum,
	syscallName,
	system,
	tid,
	time,
	tseries,
	uid,
	username,
	ustack,
	usym,
	warnf,
	zero,
];

const byName = new Map(
	allBuiltins.flatMap((b) =>
		[b.name, ...(b.aliases ?? [])].map((name) => [name, b] as const),
	),
);

/** Reaches a builtin whose own name a macro of the script has taken. */
const ownPrefix = "__builtin_";

/** By name or another spelling. */
export function builtinNamed(name: string): BuiltinDefinition | undefined {
	return byName.get(
		name.startsWith(ownPrefix) ? name.slice(ownPrefix.length) : name,
	);
}
