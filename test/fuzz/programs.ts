// Small well-typed scripts, made by chance: all kinds of statements and expressions, in probes of several kinds.
import type { randomFrom } from "./random.ts";

type Random = ReturnType<typeof randomFrom>;

const numbers = [
	"0",
	"1",
	"7",
	"255",
	"256",
	"-1",
	"-300",
	"70000",
	"0x7fffffff",
	"5000000000",
	"(uint8)200",
	"(int16)-5",
	"(uint64)1",
	"1ms",
	"pid",
	"tid",
	"cpu",
	"uid",
	"nsecs",
	"rand",
	"elapsed",
	"sizeof(uint32)",
	"curtask.pid",
	"curtask.real_parent.tgid",
	"(int64)curtask",
	"$n0",
	"$n1",
	"$n2",
	"@n0",
	"@n1",
	"@a0",
	"$t0.0",
	"$s0[1]",
];
const texts = [
	'""',
	'"a"',
	'"some text"',
	'"%s \\" \\\\ \\n"',
	"comm",
	"$s0",
	"$s1",
	"$t0.1",
	"curtask.comm",
	'str("abc", 2)',
];
const conditions = [
	"true",
	"false",
	"$b0",
	"$t0.2",
	"@k0[1]",
	"has_key(@k0, 5)",
	"pid",
	"curtask",
];
/** Nothing is assigned yet where they stand. */
const predicates = [
	"pid > 0",
	'comm != "x"',
	"@n0 == 1 || cpu < 64",
	"has_key(@k0, 1)",
	"@k0[pid] + 1",
];
const sums = ["+", "-", "*", "/", "%", "&", "|", "^"];
const comparisons = ["==", "!=", "<", ">", "<=", ">="];
const casts = [
	"int8",
	"uint8",
	"int16",
	"uint16",
	"int32",
	"uint32",
	"int64",
	"uint64",
];

export class ScriptMaker {
	readonly #random: Random;
	#loops = 0;

	constructor(random: Random) {
		this.#random = random;
	}

	/** One script of a few probes. */
	script(): string {
		const heads = [
			"begin",
			"interval:s:1",
			"tracepoint:sched:sched_switch",
			"profile:hz:9",
			"rawtracepoint:sched_switch",
		];
		const probes = this.#some(1, 2).map(() => {
			const head = this.#pick(heads);
			const predicate = this.#chance(3)
				? ` / ${this.#pick(predicates)} / `
				: " ";
			return `${head}${predicate}{\n${this.#body(head)}}\n`;
		});
		return `config = { max_strlen = 48 }\n${macros}\nbegin {\n${opening}}\n${probes.join("")}`;
	}

	#body(head: string): string {
		const own = head.startsWith("tracepoint")
			? "$n0 = args.prev_pid; $s0 = args.next_comm;\n"
			: "$n0 = 1; $s0 = comm;\n";
		const rest =
			'$n1 = 5; $n2 = (uint64)6; $s1 = "x"; $b0 = true; $t0 = (1, "two", false);\n';
		return own + rest + this.#block(2);
	}

	#block(depth: number): string {
		return this.#some(1, 4)
			.map(() => `${this.#statement(depth)}\n`)
			.join("");
	}

	#statement(depth: number): string {
		const simple = [
			() => `$${this.#pick(["n0", "n1", "n2"])} = ${this.#number(3)};`,
			() => `$${this.#pick(["s0", "s1"])} = ${this.#text(2)};`,
			() => `$b0 = (bool)(${this.#condition(2)});`,
			() => `$t0 = (${this.#number(2)}, ${this.#text(1)}, $b0);`,
			() =>
				`$${this.#pick(["n0", "n1"])} ${this.#pick(["+= ", "-= ", "*= ", "|= ", "<<= 63 & "])}${this.#number(2)};`,
			() => `$n1${this.#pick(["++", "--"])};`,
			() => `@n0 = ${this.#number(3)};`,
			() => `@n1${this.#pick(["++", " += 2"])};`,
			() => `@k0[${this.#number(2)}] = ${this.#number(2)};`,
			() =>
				`@k1[${this.#number(1)}, ${this.#text(1)}] = (${this.#number(1)}, ${this.#text(1)});`,
			() => `@k0[${this.#number(1)}]${this.#pick(["++", "--"])};`,
			() => `@s0[${this.#text(1)}] = ${this.#text(2)};`,
			() => `@a0 = count();`,
			() =>
				`@a1[${this.#text(1)}] = ${this.#pick(["sum", "max", "avg", "stats"])}(${this.#number(2)});`.replace(
					/@a1\[(.*)\] = (\w+)/s,
					"@a_$2[$1] = $2",
				),
			() => `@h[${this.#number(1)}] = hist(${this.#number(2)});`,
			() => `@l = lhist(${this.#number(2)}, 0, 100, 10);`,
			() =>
				`printf("%d %s %x %u\\n", ${this.#number(2)}, ${this.#text(1)}, ${this.#number(1)}, ${this.#number(1)});`,
			() =>
				`print(${this.#pick([() => this.#number(2), () => this.#text(2), () => `(${this.#number(1)}, ${this.#text(1)})`])()});`,
			() => `delete(@k0, ${this.#number(1)});`,
			() => `print(${this.#pick(["@k0", "@h", "@n0"])});`,
			() => `bump($${this.#pick(["n0", "n1"])}, ${this.#number(1)});`,
			() => `store(@k0, ${this.#number(1)});`,
		];
		if (depth === 0 || !this.#chance(3)) return this.#pick(simple)();
		return this.#compound(depth - 1);
	}

	#compound(depth: number): string {
		const name = `i${this.#loops++}`;
		return this.#pick([
			() => `if (${this.#condition(2)}) {\n${this.#block(depth)}}`,
			() =>
				`if (${this.#condition(2)}) {\n${this.#block(depth)}} else {\n${this.#block(depth)}}`,
			() =>
				`for ($${name} : 0..${this.#pick(["3", "10", "(pid & 7)"])}) {\n@n1 += $${name};\n${this.#block(depth)}}`,
			() =>
				`for ($${name} : @k0) {\n@n1 = $${name}.0 + $${name}.1;\n${this.#block(0)}}`,
			() => `unroll (2) {\n${this.#block(depth)}}`,
			() => `$w = 0; while ($w < 4) {\n$w++;\n${this.#block(0)}}`,
			() =>
				`{\nlet $inner = ${this.#number(2)};\n$n0 = $inner;\n${this.#block(depth)}}`,
		])();
	}

	#number(depth: number): string {
		if (depth === 0) return this.#pick(numbers);
		const less = depth - 1;
		return this.#pick([
			() => this.#pick(numbers),
			() => `(${this.#number(less)} ${this.#pick(sums)} ${this.#number(less)})`,
			// A written count beyond 63 is refused.
			() =>
				`(${this.#number(less)} ${this.#pick(["<<", ">>"])} (${this.#number(less)} & 63))`,
			() => `(${this.#pick(casts)})${this.#number(less)}`,
			() => `-(${this.#number(less)})`,
			// Without a sign where its operand is known.
			() => `(int64)(~(${this.#number(less)}))`,
			() =>
				`(${this.#condition(less)} ? ${this.#number(less)} : ${this.#number(less)})`,
			() => `@k0[${this.#number(less)}]`,
			() => `({ let $v = ${this.#number(less)}; $v })`,
			() => `larger(${this.#number(less)}, ${this.#number(less)})`,
			() => `(uint32)(uint8[4])(uint32)${this.#number(0)}`,
			() => `strncmp(${this.#text(less)}, "so", 2)`,
			() => `(${this.#number(less)}, ${this.#text(less)}).0`,
		])()
			.replace("/ 0)", "/ 3)")
			.replace("% 0)", "% 3)");
	}

	#text(depth: number): string {
		if (depth === 0) return this.#pick(texts);
		return this.#pick([
			() => this.#pick(texts),
			() =>
				`(${this.#condition(depth - 1)} ? ${this.#text(depth - 1)} : ${this.#text(depth - 1)})`,
			() => `(1, ${this.#text(depth - 1)}).1`,
		])();
	}

	#condition(depth: number): string {
		if (depth === 0) return this.#pick(conditions);
		const less = depth - 1;
		return this.#pick([
			() => this.#pick(conditions),
			() =>
				`${this.#number(less)} ${this.#pick(comparisons)} ${this.#number(less)}`,
			() =>
				`${this.#text(less)} ${this.#pick(["==", "!="])} ${this.#text(less)}`,
			() =>
				`(${this.#condition(less)} ${this.#pick(["&&", "||"])} ${this.#condition(less)})`,
			() => `!(${this.#condition(less)})`,
		])();
	}

	#pick<T>(from: readonly T[]): T {
		return from[this.#random(from.length)] as T;
	}

	#chance(oneIn: number): boolean {
		return this.#random(oneIn) === 0;
	}

	#some(least: number, most: number): readonly undefined[] {
		return Array.from({ length: least + this.#random(most - least + 1) });
	}
}

const macros = `macro bump($v, x) { $v += x; }
macro store(@m, x) { @m[x] = x; }
macro larger(a, b) { let $a = a; let $b = b; $a > $b ? $a : $b }`;

/** Gives all maps their types. */
const opening = `@n0 = (int64)1; @n1 = (int64)0; @k0[(int64)1] = (int64)1; @k1[(int64)1, comm] = ((int64)1, comm);
@s0[comm] = comm; @a0 = count(); @h[(int64)1] = hist(1);
`;
