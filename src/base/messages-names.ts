// Messages about names and types: E02, W02. See messages.ts for the rules of the table.

export const namesMessages = {
	E0201: {
		text: "{name} is not assigned anywhere before this",
		help: "assign it before, on every way that leads here",
	},
	E0202: {
		text: "{what} holds {held} and cannot take {type}",
		help: "use another variable, or cast the value",
	},
	E0203: {
		text: "{map} holds {held} and cannot take {type}",
		help: "use another map, or cast the value",
	},
	E0204: {
		text: "{map} is not a parameter of macro {macro}",
		help: "a macro sees only the maps that are passed to it",
	},
	E0205: {
		text: "{map} has keys, but none is given here",
		help: "write {map}[key]",
	},
	E0206: {
		text: "{map} has no keys, but one is given here",
		help: "use another map for values by key",
	},
	E0207: {
		text: "{map} has keys of {held} and cannot take {type}",
		help: "use another map, or give keys of one type",
	},
	E0208: {
		text: "unknown type {type}",
		help: "define it in the script, or #include its header",
	},
	E0209: {
		text: "{type} is declared but its members are not known",
		help: "the kernel's BTF does not hold it; define it in the script",
	},
	E0210: {
		text: "{type} has no field {field}",
		help: "structs, unions, records and tuples have fields",
	},
	E0211: {
		text: "{type} has no member {field}",
		help: "look for the name it has on this kernel: kask -d types prints what the script's types hold",
	},
	E0212: {
		text: "the tuple has {count} elements and no element {index}",
		help: "elements count from 0",
	},
	E0213: {
		text: "an index must be a number, not {type}",
		help: "only maps, @x[…], are looked up by other values",
	},
	E0214: {
		text: "{type} cannot be indexed",
		help: "arrays, strings, buffers, tuples and pointers can",
	},
	E0215: {
		text: "index {index} is out of bounds of an array of {count}",
		help: "elements count from 0",
	},
	E0216: {
		text: "{type} is not a pointer to a value and cannot be dereferenced",
		help: "leave out the *",
	},
	E0217: {
		text: "this has no address",
		help: "variables, maps with a key, and what pointers reach have one",
	},
	E0218: {
		text: "the type of {name} cannot be found out",
		help: "give it one: let {name}: uint64",
	},
	E0219: {
		text: "unknown name {name}",
		help: "variables begin with $, maps with @, and text stands in quotes",
	},
	E0220: {
		text: "{map} is read but never assigned",
		help: "assign to it somewhere in the script",
	},
	E0221: {
		text: "{map} holds {aggregate}, which cannot be read in the script",
		help: "print it, or keep a number beside it",
	},
	E0222: {
		text: "{type} is neither true nor false",
		help: "compare it with something",
	},
	E0223: {
		text: "operator {operator} does not go with {types}",
		help: "cast what is not a number, or compare things of one kind",
	},
	E0224: {
		text: "both sides of ?: must have one type, not {one} and {other}",
		help: "give both a value of the same kind",
	},
	E0225: {
		text: "{operator} goes with variables and maps only",
		help: "for the value alone, write + 1 or - 1",
	},
	E0226: {
		text: "{name}() takes {wanted}, not {count}",
		help: "call it with as many arguments as its definition has parameters",
	},
	E0227: {
		text: "macro {name} calls itself without end",
		help: "macros are expanded when compiling and cannot recurse",
	},
	E0228: {
		text: "macro {name} wants {wanted} as {parameter}",
		help: "pass what the macro's definition asks for",
	},
	E0229: {
		text: "{from} cannot be cast to {to}",
		help: "cast to a number or a pointer first",
	},
	E0230: {
		text: "{form} is a type, not a value",
		help: "use it in a cast, in let or in sizeof()",
	},
	E0231: {
		text: "this is not known when compiling",
		help: "numbers and text as written, sizeof(), offsetof(), $1 and the script's options are",
	},
	E0232: {
		text: "if needs an else where its value is used",
		help: "add else { … }",
	},
	E0233: {
		text: "{name} is declared twice in this block",
		help: "leave out the second let to assign it",
	},
	E0234: {
		text: "unroll needs a number from 1 to {most} that is known when compiling",
		help: "for ($i : 0..n) { … } has no such limits",
	},
	E0235: {
		text: "a range goes from number to number, not {type}",
		help: "for example for ($i : 0..10) { … }",
	},
	E0236: {
		text: "{jump} stands outside of a loop",
		help: "return leaves the probe",
	},
	E0237: {
		text: "this gives no value",
		help: "write it as a statement of its own",
	},
	E0238: {
		text: "{what}() can only be assigned to a map, directly",
		help: "write @name = {what}(…);",
	},
	E0239: {
		text: "unknown configuration variable {name}",
		help: "docs/language.md lists them",
	},
	E0240: { text: "{name} cannot be {value}", help: "it takes {wanted}" },
	E0241: {
		text: "{what} is defined twice",
		help: "keep one of them, or give one another name",
	},
	E0242: {
		text: "unknown map type {type}",
		help: "known: hash, lruhash, percpuhash, percpulruhash",
	},
	E0243: {
		text: "{type} needs the number of its entries",
		help: "for example let @name = {type}(1000);",
	},
	E0244: {
		text: "the script's C does not compile: {message}",
		help: "correct the #include, #define, struct, union or enum there; it is read as C",
	},
	E0245: {
		text: "{map} has no keys that a loop could go through",
		help: "it holds a single value; read it as {map}",
	},
	E0246: {
		text: "{where} returns {wanted}, not {type}",
		help: "cast the value, or return what is wanted",
	},
	E0247: {
		text: "fn {name} does not return {type} on every way through it",
		help: "end it with return",
	},
	E0248: {
		text: "{map} is declared as {declared} and cannot hold {type}",
		help: "that keeps a value for each CPU, which only aggregations such as sum() add up; declare it as {instead}",
	},
	E0251: {
		text: "{what} is refused by {variable} = error",
		help: "set {variable} = enable in a config block",
	},
	E0252: {
		text: "{field} stands in a struct of the kernel, and this kernel has no type information (BTF)",
		help: "define the struct in the script and cast to it, or use a kernel built with CONFIG_DEBUG_INFO_BTF (/sys/kernel/btf/vmlinux)",
	},
	E0253: {
		text: "{name} is made of itself and would be longer each time",
		help: "cut it where it is assigned: str(…, 64)",
	},
	W0208: {
		text: "configuration variable {name} is called {now} now",
		help: "write {now}",
	},
	W0209: {
		text: "configuration variable {name} has no effect any more",
		help: "remove it",
	},
	W0207: {
		text: "{map} is never assigned: it reads as 0",
		help: "assign to it somewhere in the script",
	},
	W0206: {
		text: "{name} is used outside the block that assigns it; it is taken as made for the whole probe, and zero before",
		help: "declare it before that block, with let; bpftrace knows it only in the block",
	},
	W0205: {
		text: "this statement is unreachable: what stands before it ends the probe, the function or the turn",
		help: "remove it, or put it before",
	},
	W0204: {
		text: "this loop would take {turns} turns; the kernel ends it after {most}",
		help: "two loops, one inside the other, take as many turns as both numbers multiplied",
	},
	W0203: {
		text: "{what} may still change in bpftrace",
		help: "set {variable} = enable in a config block to hear no more of it",
	},
	E0250: {
		text: "fn {name} calls itself here, directly or through others",
		help: "the kernel allows no recursion: write it as a loop",
	},
	E0249: {
		text: "division by zero",
		help: "where a divisor turns out as zero at run time, the result is 1; a written one is a mistake",
	},
	E0254: {
		text: "a number of 64 bits cannot be shifted by {count}",
		help: "shift by 0 to 63; x >> n shifts to the right",
	},
	W0201: {
		text: "this value is not used",
		help: "remove it, or write _ = … if it is meant",
	},
	W0202: {
		text: "{map} is declared but never used",
		help: "use it, or remove the declaration",
	},
} as const;
