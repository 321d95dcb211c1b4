// What the kernel's verifier refuses, told to people: the rule, why it could not know better, and what to do instead.
// Patterns are its own words; they change from kernel to kernel, so each rule knows several.

export interface VerifierRule {
	readonly pattern: RegExp;
	/** The rule that the program broke. */
	readonly rule: string;
	/** Why the verifier could not see that all is well. */
	readonly why: string;
	readonly help: string;
	/** A piece of script that passes. */
	readonly instead?: string;
}

export const verifierRules: readonly VerifierRule[] = [
	{
		pattern: /infinite loop detected|back-edge/,
		rule: "a program must come to its end",
		why: "it went around the loop once, found everything as before, and so concluded that this goes on for ever; what another CPU may change meanwhile does not count",
		help: "give the loop an end the verifier can see: for ($i : 0..10) instead of while",
		instead: "for ($i : 0..100) { if (@done) { break; } @n++; }",
	},
	{
		pattern:
			/BPF program is too large|too many states|complexity limit|jumps is too complex/,
		rule: "a program must be checked in at most a million steps",
		why: "it walks every path that a program can take, and each turn of a while loop, each if and each map look-up makes new ones; it gave up before it had seen all",
		help: "make loops shorter, unroll fewer times, or loop with for, whose body is checked once however often it runs",
		instead: "for ($i : 0..1000) { @[$i] = count(); }",
	},
	{
		pattern: /combined stack size|stack.*too large|stack limit/,
		rule: "a program has 512 bytes of stack, its functions together",
		why: "variables, keys and texts of this size stand on the stack at the same time; it does not matter that no run uses them all",
		help: "use fewer or smaller variables, or a smaller on_stack_limit in a config block, which moves values into maps",
		instead: "config = { on_stack_limit = 16 }",
	},
	{
		pattern: /unknown func|invalid func/,
		rule: "a program may only call helpers that the kernel has",
		why: "this kernel, or this kind of program, knows no helper of that number: it came with a later kernel or was configured away",
		help: "kask --info lists what this kernel has; another kind of probe on the same event may have it",
	},
	{
		pattern:
			/helper call is not allowed|cannot use helper|program of this type cannot use|not allowed in (probe|atomic)/,
		rule: "each kind of program has its own list of helpers",
		why: "a helper that may sleep, or that needs a process or a socket, cannot be called where the event finds none of that",
		help: "use another probe on the same event, for example fentry instead of tracepoint, or another function of the kernel; kask help NAME tells where a function of the script can be called",
	},
	{
		pattern: /cannot call GPL-restricted/,
		rule: "some helpers are for programs under the GPL",
		why: "the license that the script names is not one the kernel counts as GPL",
		help: 'set license = "GPL" in the config block',
		instead: 'config = { license = "GPL" }',
	},
	{
		pattern: /invalid mem access '(\w+_or_null)'|or_null.*prohibited/,
		rule: "a pointer that may be null is checked before it is followed",
		why: "a look-up can find nothing, and then there is nothing to read",
		help: "ask first: if ($p != 0) { … }",
		instead: "if ($p != 0) { print(*$p); }",
	},
	{
		pattern:
			/invalid mem access|invalid access to|unbounded memory access|invalid bpf_context access|value is outside of the allowed/,
		rule: "memory is read only where it is known to be",
		why: "it knows the bounds of maps, of the stack and of the event's own data, and for this address it could not prove that it stays within",
		help: "check the pointer or index before, or cast the pointer, so that it is read as memory that may be missing",
		instead: "if ($i < 16) { print($a[$i]); }",
	},
	{
		pattern: /invalid (indirect )?read from stack|!read_ok/,
		rule: "nothing is read before it was written",
		why: "on at least one path to this place the value has not been set",
		help: "assign it first, on every path",
		instead: "let $x = 0;",
	},
	{
		pattern: /pointer arithmetic.*prohibited|math between .* pointer/,
		rule: "pointers into the kernel's own memory are not computed with",
		why: "after such a sum it would no longer know what the pointer points to",
		help: "cast the pointer to a number first: (uint64)$p + 8",
		instead: "$q = (uint64)$p + 8;",
	},
	{
		pattern: /leaks addr|R\d+ leaks/,
		rule: "addresses of the kernel do not leave a program unseen",
		why: "the load was made without the right to see the kernel's addresses",
		help: "run it as root, with CAP_PERFMON",
	},
	{
		pattern: /call stack of \d+ frames is too deep|recursive call/,
		rule: "functions call each other at most eight deep, and never themselves",
		why: "the stack of all of them together must fit, and recursion has no end that could be seen",
		help: "write the function as a loop",
		instead: "for ($i : 0..10) { $sum += $i; }",
	},
];
