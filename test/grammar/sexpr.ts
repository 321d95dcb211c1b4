// Syntax trees as short s-expressions, so that a test fits on one line.
import type {
	AttachPoint,
	Block,
	Expression,
	Item,
	Script,
	Statement,
	TypeExpression,
} from "../../grammar/ast.ts";

export function scriptSexpr(script: Script): string {
	return script.items.map(itemSexpr).join(" ");
}

function list(...parts: readonly (string | undefined)[]): string {
	return `(${parts.filter((part) => part !== undefined && part !== "").join(" ")})`;
}

function all<T>(items: readonly T[], show: (item: T) => string): string {
	return items.map(show).join(" ");
}

function itemSexpr(item: Item): string {
	switch (item.kind) {
		case "preprocessor":
		case "c-definition":
			return list(item.kind, JSON.stringify(item.text));
		case "config":
			return list(
				"config",
				all(item.entries, ({ name, value }) =>
					list(
						name.text,
						value.kind === "name" ? value.text : expressionSexpr(value),
					),
				),
			);
		case "import":
			return list("import", item.path.text);
		case "map-declaration":
			return list(
				"map",
				item.map.text,
				item.mapType?.text,
				all(item.args, expressionSexpr),
			);
		case "macro":
			return list(
				"macro",
				item.name.text,
				list(all(item.parameters, ({ kind, name }) => `${kind}:${name}`)),
				blockSexpr(item.body),
			);
		case "function":
			return list(
				"fn",
				item.name.text,
				list(
					all(
						item.parameters,
						(p) => `${p.variable.name}:${typeSexpr(p.type)}`,
					),
				),
				typeSexpr(item.returnType),
				blockSexpr(item.body),
			);
		case "probe":
			return list(
				"probe",
				all(item.specs, ({ alternatives }) =>
					alternatives.length === 1
						? all(alternatives, pointSexpr)
						: list("??", all(alternatives, pointSexpr)),
				),
				item.predicate && list("if", expressionSexpr(item.predicate)),
				blockSexpr(item.body),
			);
	}
}

/** `kprobe[f+0x10]`; a quoted part keeps its quotes. */
export function pointSexpr({ name, provider, parts }: AttachPoint): string {
	const shown = parts.map((part) =>
		part.quoted ? `"${part.text}"` : part.text,
	);
	const label = name ? `${name.text}=` : "";
	return `${label}${provider.text}${shown.length > 0 ? `[${shown.join("|")}]` : ""}`;
}

export function blockSexpr({ statements, value }: Block): string {
	const last = value && `=> ${expressionSexpr(value)}`;
	const parts = [...statements.map(statementSexpr), ...(last ? [last] : [])];
	return `{${parts.join(" ")}}`;
}

function statementSexpr(s: Statement): string {
	switch (s.kind) {
		case "expression-statement":
			return expressionSexpr(s.expression);
		case "let":
			return list(
				"let",
				s.variable.name,
				s.type && `:${typeSexpr(s.type)}`,
				s.value && expressionSexpr(s.value),
			);
		case "assign": {
			const target =
				s.target.kind === "discard" ? "_" : expressionSexpr(s.target);
			return list(s.operator, target, expressionSexpr(s.value));
		}
		case "if":
			return list(
				s.comptime ? "comptime-if" : "if",
				expressionSexpr(s.condition),
				blockSexpr(s.then),
				s.else && (s.elseIf ? "else-if" : "else"),
				s.else && blockSexpr(s.else),
			);
		case "while":
			return list("while", expressionSexpr(s.condition), blockSexpr(s.body));
		case "unroll":
			return list("unroll", expressionSexpr(s.count), blockSexpr(s.body));
		case "for": {
			const over =
				s.over.kind === "range"
					? list("..", expressionSexpr(s.over.from), expressionSexpr(s.over.to))
					: expressionSexpr(s.over);
			return list("for", s.variable.name, over, blockSexpr(s.body));
		}
		case "return":
		case "break":
		case "continue":
			return list(s.kind, s.value && expressionSexpr(s.value));
		case "block-statement":
			return blockSexpr(s.block);
		case "import":
			return list("import", s.path.text);
	}
}

export function expressionSexpr(e: Expression): string {
	switch (e.kind) {
		case "integer":
			return `${e.value}${e.unsigned ? "u" : ""}${e.duration ? "ns" : ""}`;
		case "string":
			return JSON.stringify(e.value);
		case "boolean":
			return String(e.value);
		case "identifier":
			return e.name;
		case "parameter":
			return `$${e.index}`;
		case "parameter-count":
			return "$#";
		case "variable":
			return `$${e.name}`;
		case "map":
			return e.keys.length > 0
				? list(`@${e.name}`, all(e.keys, expressionSexpr))
				: `@${e.name}`;
		case "unary":
			return list(e.operator, expressionSexpr(e.operand));
		case "update":
			return list(
				e.prefix ? `${e.operator}_` : `_${e.operator}`,
				expressionSexpr(e.operand),
			);
		case "binary":
			return list(
				e.operator,
				expressionSexpr(e.left),
				expressionSexpr(e.right),
			);
		case "ternary":
			return list(
				"?",
				expressionSexpr(e.condition),
				e.then ? expressionSexpr(e.then) : "-",
				expressionSexpr(e.else),
			);
		case "call":
			return list(
				"call",
				e.callee.text + (e.bang ? "!" : ""),
				all(e.args, operandSexpr),
			);
		case "field":
			return list(
				e.arrow ? "->" : ".",
				expressionSexpr(e.object),
				e.field.text,
			);
		case "tuple-access":
			return list(".", expressionSexpr(e.object), String(e.index));
		case "index":
			return list("[]", expressionSexpr(e.object), expressionSexpr(e.index));
		case "cast":
			return list("cast", typeSexpr(e.type), expressionSexpr(e.operand));
		case "tuple":
			return list("tuple", all(e.elements, expressionSexpr));
		case "record":
			return list(
				"record",
				all(e.fields, ({ name, value }) =>
					list(name.text, expressionSexpr(value)),
				),
			);
		case "block":
			return blockSexpr(e.block);
		case "if-expression":
			return list(
				e.comptime ? "comptime-if-value" : "if-value",
				expressionSexpr(e.condition),
				blockSexpr(e.then),
				e.else && (e.elseIf ? "else-if" : "else"),
				e.else && blockSexpr(e.else),
			);
		case "sizeof":
		case "typeinfo":
		case "typeof":
			return list(e.kind, operandSexpr(e.operand));
		case "offsetof":
			return list(
				"offsetof",
				operandSexpr(e.operand),
				e.path.map((name) => name.text).join("."),
			);
		case "comptime":
			return list("comptime", expressionSexpr(e.operand));
	}
}

function operandSexpr(operand: Expression | TypeExpression): string {
	return operand.kind === "type"
		? typeSexpr(operand)
		: expressionSexpr(operand);
}

/** `<int8[4]>` */
export function typeSexpr(type: TypeExpression): string {
	return `<${bareType(type)}>`;
}

function bareType({ base, pointers, dimensions }: TypeExpression): string {
	const sizes = dimensions.map((size) => `[${size ?? ""}]`).join("");
	return baseSexpr(base) + "*".repeat(pointers) + sizes;
}

function baseSexpr(base: TypeExpression["base"]): string {
	switch (base.kind) {
		case "named-type":
			return base.tag ? `${base.tag} ${base.name}` : base.name;
		case "typeof":
			return list("typeof", operandSexpr(base.operand));
		case "tuple-type":
			return list("tuple", all(base.elements, typeSexpr));
		case "type":
			return list(bareType(base));
	}
}
