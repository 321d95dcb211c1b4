// The token vocabulary. Labels are the words in which error messages name a token.
// The lexer finds tokens by hand (see lexer.ts for why), so no token carries a pattern.
import { createToken, Lexer, type TokenType } from "chevrotain";
import {
	assignOperators,
	binaryPrecedence,
	unaryOperators,
} from "./operators.ts";

function token(
	name: string,
	label: string,
	categories: TokenType[] = [],
): TokenType {
	return createToken({ name, label, categories, pattern: Lexer.NA });
}

// Categories: a rule that consumes one of these accepts every token in it.
/** Any word, keywords included: names of fields, macros, functions, configuration keys. */
export const Word = token("Word", "a name");
export const BinaryOperatorToken = token("BinaryOperator", "an operator");
export const AssignOperatorToken = token("AssignOperator", "`=`");
export const UnaryOperatorToken = token("UnaryOperator", "an operator");
/** What can only stand at the top of a script: the parser resumes at these after an error. */
export const ItemStart = token("ItemStart", "a probe");

// Top of the script.
export const AttachPointToken = token("AttachPoint", "a probe", [ItemStart]);
export const PreprocessorToken = token(
	"Preprocessor",
	"a preprocessor directive",
	[ItemStart],
);
export const CDefinitionToken = token("CDefinition", "a C definition", [
	ItemStart,
]);
export const ConfigKeyword = token("Config", "`config`", [ItemStart]);
export const MacroKeyword = token("Macro", "`macro`", [ItemStart]);
export const FunctionKeyword = token("Function", "`fn`", [ItemStart]);
export const PredicateOpen = token("PredicateOpen", "`/`");
export const PredicateClose = token(
	"PredicateClose",
	"`/` after the predicate",
);
export const Alternative = token("Alternative", "`??`");

// Literals and names.
export const IntegerToken = token("Integer", "a number");
export const StringToken = token("String", "a string");
export const VariableToken = token("Variable", "a variable such as `$x`");
export const ParameterToken = token("Parameter", "a parameter such as `$1`");
export const ParameterCountToken = token("ParameterCount", "`$#`");
export const MapToken = token("Map", "a map such as `@x`");
export const IdentifierToken = token("Identifier", "a name", [Word]);

function keyword(text: string, categories: TokenType[] = [Word]): TokenType {
	const type = token(
		text.charAt(0).toUpperCase() + text.slice(1),
		`\`${text}\``,
		categories,
	);
	keywords.set(text, type);
	return type;
}

/** Words that mean something in code. The ones of the script's top are known to the lexer alone. */
export const keywords = new Map<string, TokenType>();
export const If = keyword("if");
export const Else = keyword("else");
export const While = keyword("while");
export const Unroll = keyword("unroll");
export const For = keyword("for");
export const Break = keyword("break");
export const Continue = keyword("continue");
export const Return = keyword("return");
export const Let = keyword("let");
export const ImportKeyword = keyword("import");
export const Sizeof = keyword("sizeof");
export const Offsetof = keyword("offsetof");
export const Typeof = keyword("typeof");
export const Typeinfo = keyword("typeinfo");
export const Comptime = keyword("comptime");
export const True = keyword("true");
export const False = keyword("false");
/** `struct`, `union`, `enum`: what must stand before the name of such a type. */
export const Tag = token("Tag", "`struct`", [Word]);
for (const text of ["struct", "union", "enum"]) keywords.set(text, Tag);

/** Every operator and punctuation mark by its spelling. */
export const punctuation = new Map<string, TokenType>();

function mark(name: string, text: string): TokenType {
	const categories: TokenType[] = [];
	if (Object.hasOwn(binaryPrecedence, text))
		categories.push(BinaryOperatorToken);
	if ((unaryOperators as readonly string[]).includes(text)) {
		categories.push(UnaryOperatorToken);
	}
	const type = token(name, `\`${text}\``, categories);
	punctuation.set(text, type);
	return type;
}

export const LeftBrace = mark("LeftBrace", "{");
export const RightBrace = mark("RightBrace", "}");
export const LeftParen = mark("LeftParen", "(");
export const RightParen = mark("RightParen", ")");
export const LeftBracket = mark("LeftBracket", "[");
export const RightBracket = mark("RightBracket", "]");
export const Semicolon = mark("Semicolon", ";");
export const Comma = mark("Comma", ",");
export const Colon = mark("Colon", ":");
export const Question = mark("Question", "?");
export const DotDot = mark("DotDot", "..");
export const Dot = mark("Dot", ".");
export const Arrow = mark("Arrow", "->");
export const Increment = mark("Increment", "++");
export const Decrement = mark("Decrement", "--");
export const Bang = mark("Bang", "!");
export const Star = mark("Star", "*");
export const Minus = mark("Minus", "-");
export const Ampersand = mark("Ampersand", "&");
export const Slash = mark("Slash", "/");
for (const text of Object.keys(binaryPrecedence)) {
	if (!punctuation.has(text)) mark(`Operator ${text}`, text);
}
for (const text of unaryOperators) {
	if (!punctuation.has(text)) mark(`Operator ${text}`, text);
}
/** Plain `=` apart from the compound ones: configuration and records allow it alone. */
export const Equals = token("Equals", "`=`", [AssignOperatorToken]);
const CompoundAssign = token("CompoundAssign", "`=`", [AssignOperatorToken]);
for (const text of assignOperators) {
	punctuation.set(text, text === "=" ? Equals : CompoundAssign);
}

/** All token types, for the parser. */
export const vocabulary: TokenType[] = [
	...[Word, BinaryOperatorToken, AssignOperatorToken, UnaryOperatorToken],
	...[ItemStart, AttachPointToken, PreprocessorToken, CDefinitionToken],
	...[ConfigKeyword, MacroKeyword, FunctionKeyword],
	...[PredicateOpen, PredicateClose, Alternative],
	...[IntegerToken, StringToken, VariableToken, ParameterToken],
	...[ParameterCountToken, MapToken, IdentifierToken, CompoundAssign],
	...new Set([...keywords.values(), ...punctuation.values()]),
];
