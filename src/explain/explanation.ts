// What `kask explain` knows of a script, as plain data: it is what `--json` prints, and what text and HTML are made of.
// Described in docs/explain.md. What could not be learnt stands in `missing`, with the reason.

/** Raised whenever a field changes meaning. */
export const EXPLANATION_VERSION = 1;

export interface Explanation {
	readonly version: typeof EXPLANATION_VERSION;
	readonly script: {
		readonly name: string;
		/** Without their line ends; line 1 is the first. */
		readonly lines: readonly string[];
	};
	readonly machine: {
		/** `6.1.0-32-amd64` */
		readonly kernel: string;
		readonly architecture: string;
		readonly cpus: number;
	};
	readonly probes: readonly ProbeExplanation[];
	readonly builtins: readonly BuiltinExplanation[];
	readonly maps: readonly MapExplanation[];
	readonly programs: readonly ProgramExplanation[];
	readonly missing: readonly Missing[];
}

/** Something that could not be told. */
export interface Missing {
	readonly what: string;
	readonly why: string;
	/** What to do for it. */
	readonly help?: string;
}

export interface ProbeExplanation {
	/** As written. */
	readonly probe: string;
	/** 1-based, of the script. */
	readonly line: number;
	/** Symbol of its program, see `programs`. */
	readonly program: string;
	/** What it is. */
	readonly what: string;
	/** When and in which context it fires. */
	readonly fires: string;
	/** What more is known of this very place. */
	readonly place?: string;
	/** How it is attached: `as a raw tracepoint`. */
	readonly attached: string;
	/** Full names of the places; of many, the first. */
	readonly places: readonly string[];
	/** How many places there are. */
	readonly placeCount: number;
	/** Set where it was counted. */
	readonly rate?: {
		/** How often it fired; left out where that could not be counted apart from other probes. */
		readonly fired?: number;
		/** How often its program ran. */
		readonly runs: number;
		/** For how long it was counted. */
		readonly seconds: number;
	};
}

export interface BuiltinExplanation {
	readonly name: string;
	/** Lines of the script that use it. */
	readonly lines: readonly number[];
	readonly what: string;
	/** Where it runs. */
	readonly runs: string;
	/** What of it may be lost, and when. */
	readonly lost?: string;
}

export interface MapExplanation {
	/** `@start`; for maps that serve kask itself, their name in the object. */
	readonly name: string;
	readonly role: string;
	/** What it is for. */
	readonly what: string;
	/** The kernel's name: `BPF_MAP_TYPE_PERCPU_HASH`. */
	readonly type: string;
	/** What that is, in words. */
	readonly made: string;
	readonly key?: string;
	readonly value: string;
	/** 0 for the ring buffer, whose records have no number. */
	readonly entries: number;
	/** Memory that the kernel takes for it from the start; the same when it is full. */
	readonly bytes: number;
	/** Set where the kernel told it. */
	readonly measured?: boolean;
	readonly whenFull: string;
}

/** One BPF program: its C and its instructions, joined line by line. */
export interface ProgramExplanation {
	readonly symbol: string;
	readonly probe: string;
	readonly line: number;
	/** As libbpf reads it. */
	readonly section: string;
	readonly functions: readonly string[];
	/** How many instructions it has. */
	readonly size: number;
	/** In the order of the code: each line of C with the line of the script that it was made of. */
	readonly c: readonly CLine[];
	readonly instructions: readonly InstructionExplanation[];
	/** Names of the helpers and kernel functions that it calls. */
	readonly helpers: readonly string[];
	/** Bytes of the BPF stack that its functions use, its own first. */
	readonly stack: readonly {
		readonly function: string;
		readonly bytes: number;
	}[];
	readonly verified?: Verified;
	/** Its machine code, where it was asked for. */
	readonly machineCode?: readonly MachineCodeBlock[];
}

export interface CLine {
	/** 1-based, of the whole C text. */
	readonly number: number;
	readonly text: string;
	readonly function: string;
	/** Of the script; undefined for what belongs to no line. */
	readonly line: number | undefined;
}

export interface InstructionExplanation {
	/** As the verifier counts them: instructions of 16 bytes take two numbers. */
	readonly index: number;
	readonly text: string;
	/** In hexadecimal. */
	readonly bytes: string;
	readonly function: string;
	/** Line of the script. */
	readonly line: number | undefined;
	/** Line of the C text: `CLine.number`. */
	readonly c: number | undefined;
	/** `histogram.bpf.h:12` where it comes from a template. */
	readonly template?: string;
	/** What the verifier knew after it, in words; empty where it learnt nothing new. */
	readonly known?: readonly string[];
	/** How many times the verifier came by. */
	readonly visits?: number;
}

/** What the kernel's verifier told of a program. */
export interface Verified {
	/** Instructions that it followed, each as often as it came by. */
	readonly checked: number;
	/** The most that it follows. */
	readonly limit: number;
	/** Bytes, of each function. */
	readonly stack: readonly number[];
	readonly states: number;
	readonly microseconds?: number;
	/** Instructions after its own changes, and bytes of machine code; where the kernel tells them. */
	readonly loadedInstructions?: number;
	readonly machineCodeBytes?: number;
}

export interface MachineCodeBlock {
	/** Line of the script. */
	readonly line: number | undefined;
	/** Bytes in hexadecimal, or instructions where something here can read them. */
	readonly text: readonly string[];
}
