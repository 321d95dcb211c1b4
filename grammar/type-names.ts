// Names that only types have: they tell a cast from an expression in parentheses.

const TYPE_NAME =
	/^(?:u?int(?:8|16|32|64)?|[us](?:8|16|32|64)|__\w+|\w+_t|bool|void|char|short|long|signed|unsigned|float|double|string|buffer|inet|timestamp)$/;

/** Words of C that together name one type. */
const C_WORDS = new Set([
	"unsigned",
	"signed",
	"long",
	"short",
	"int",
	"char",
	"double",
]);

export function isCWord(word: string): boolean {
	return C_WORDS.has(word);
}

/** True for names of types in C, in the kernel and in this language; also for several words such as `unsigned int`. */
export function isTypeName(name: string): boolean {
	return TYPE_NAME.test(name) || C_WORDS.has(name.split(" ", 1)[0] ?? "");
}
