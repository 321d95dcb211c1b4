// All builtins there are. Adding one is one file and one line here.
import { args } from "./args.ts";
import { numberedArguments, stackArguments } from "./argument.ts";
import { assert } from "./assert.ts";
import { assertStr } from "./assert-str.ts";
import { avg } from "./avg.ts";
import { bswap } from "./bswap.ts";
import { buf } from "./buf.ts";
import { cat } from "./cat.ts";
import { cgroup } from "./cgroup.ts";
import { cgroupPath } from "./cgroup-path.ts";
import { cgroupid } from "./cgroupid.ts";
import { clear } from "./clear.ts";
import { comm } from "./comm.ts";
import { config } from "./config.ts";
import { containerOf } from "./container-of.ts";
import { count } from "./count.ts";
import { cpid } from "./cpid.ts";
import { cpu } from "./cpu.ts";
import { ctx } from "./ctx.ts";
import { curtask } from "./curtask.ts";
import { debugf } from "./debugf.ts";
import { defaultStrLength } from "./default-str-length.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { deleteElement } from "./delete.ts";
import { dwUstack } from "./dw-ustack.ts";
import { elapsed } from "./elapsed.ts";
import { errorf } from "./errorf.ts";
import { exit } from "./exit.ts";
import { fail } from "./fail.ts";
import { fileNumber } from "./file-number.ts";
import { find } from "./find.ts";
import { func } from "./func.ts";
import { getopt } from "./getopt.ts";
import { gid } from "./gid.ts";
import { hasCpid } from "./has-cpid.ts";
import { hasKey } from "./has-key.ts";
import { hasMember } from "./has-member.ts";
import { hist } from "./hist.ts";
import { inList } from "./in-list.ts";
import { isArray } from "./is-array.ts";
import { isErr } from "./is-err.ts";
import { isInteger } from "./is-integer.ts";
import { isLiteral } from "./is-literal.ts";
import { isPtr } from "./is-ptr.ts";
import { isStr } from "./is-str.ts";
import { isUnsignedInteger } from "./is-unsigned-integer.ts";
import { jiffies } from "./jiffies.ts";
import { join } from "./join.ts";
import { kaddr } from "./kaddr.ts";
import { kfuncAllowed } from "./kfunc-allowed.ts";
import { kfuncExist } from "./kfunc-exist.ts";
import { kptr } from "./kptr.ts";
import { kstack } from "./kstack.ts";
import { ksym } from "./ksym.ts";
import { leaderComm } from "./leader-comm.ts";
import { leaderTid } from "./leader-tid.ts";
import { len } from "./len.ts";
import { lhist } from "./lhist.ts";
import { llhist } from "./llhist.ts";
import { macaddr } from "./macaddr.ts";
import { max } from "./max.ts";
import { memcmp } from "./memcmp.ts";
import { min } from "./min.ts";
import { ncpus } from "./ncpus.ts";
import { nsecs } from "./nsecs.ts";
import { ntop } from "./ntop.ts";
import { numaid } from "./numaid.ts";
import { override } from "./override.ts";
import { path } from "./path.ts";
import { pcomm } from "./pcomm.ts";
import { percpuKaddr } from "./percpu-kaddr.ts";
import { pid } from "./pid.ts";
import { ppid } from "./ppid.ts";
import { print } from "./print.ts";
import { printHist } from "./print-hist.ts";
import { printRows } from "./print-rows.ts";
import { printSorted } from "./print-sorted.ts";
import { printf } from "./printf.ts";
import { probe } from "./probe.ts";
import { probetype } from "./probetype.ts";
import { pton } from "./pton.ts";
import { rand } from "./rand.ts";
import { reg } from "./reg.ts";
import { retval } from "./retval.ts";
import { signal } from "./signal.ts";
import { signalName } from "./signal-name.ts";
import { signalThread } from "./signal-thread.ts";
import { skboutput } from "./skboutput.ts";
import { socketCookie } from "./socket-cookie.ts";
import { sortLine } from "./sort-line.ts";
import { staticAssert } from "./static-assert.ts";
import { stats } from "./stats.ts";
import { stddev } from "./stddev.ts";
import { str } from "./str.ts";
import { strConcat } from "./str-concat.ts";
import { strcap } from "./strcap.ts";
import { strcontains } from "./strcontains.ts";
import { strerror } from "./strerror.ts";
import { strfnum } from "./strfnum.ts";
import { strftime } from "./strftime.ts";
import { strlen } from "./strlen.ts";
import { strncmp } from "./strncmp.ts";
import { strstr } from "./strstr.ts";
import { sum } from "./sum.ts";
import { syscallName } from "./syscall-name.ts";
import { system } from "./system.ts";
import { tid } from "./tid.ts";
import { time } from "./time.ts";
import { tseries } from "./tseries.ts";
import { uaddr } from "./uaddr.ts";
import { uid } from "./uid.ts";
import { unit } from "./unit.ts";
import { uptr } from "./uptr.ts";
import { usermode } from "./usermode.ts";
import { username } from "./username.ts";
import { ustack } from "./ustack.ts";
import { usym } from "./usym.ts";
import { warnf } from "./warnf.ts";
import { writeUser } from "./write-user.ts";
import { zero } from "./zero.ts";

export const allBuiltins: readonly BuiltinDefinition[] = [
	args,
	...numberedArguments,
	...stackArguments,
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
	hasMember,
	hist,
	join,
	kaddr,
	kstack,
	ksym,
	len,
	lhist,
	llhist,
	stddev,
	unit,
	macaddr,
	max,
	min,
	nsecs,
	ntop,
	pid,
	printHist,
	printSorted,
	sortLine,
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
	fileNumber,
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
	bswap,
	numaid,
	jiffies,
	probetype,
	reg,
	usermode,
	inList,
	isArray,
	isInteger,
	isUnsignedInteger,
	isPtr,
	isStr,
	isLiteral,
	isErr,
	fail,
	staticAssert,
	assert,
	strlen,
	strcap,
	strstr,
	strcontains,
	strConcat,
	memcmp,
	config,
	defaultStrLength,
	assertStr,
	kptr,
	uptr,
	containerOf,
	override,
	signal,
	signalThread,
	writeUser,
	ppid,
	pcomm,
	leaderTid,
	leaderComm,
	path,
	skboutput,
	dwUstack,
	socketCookie,
	cpid,
	hasCpid,
	ncpus,
	cgroupid,
	kfuncExist,
	kfuncAllowed,
	percpuKaddr,
	uaddr,
	find,
	printRows,
	strfnum,
	debugf,
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
