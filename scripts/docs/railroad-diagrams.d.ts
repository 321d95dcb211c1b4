// What is used of the npm package railroad-diagrams 1.0, which brings no types.
declare module "railroad-diagrams" {
	/** A part of a diagram; its text is SVG. */
	export interface Part {
		toString(): string;
	}
	const railroad: {
		Diagram(...parts: Part[]): Part;
		Sequence(...parts: Part[]): Part;
		Choice(normal: number, ...parts: Part[]): Part;
		Optional(part: Part): Part;
		OneOrMore(part: Part, between?: Part): Part;
		ZeroOrMore(part: Part, between?: Part): Part;
		Terminal(text: string): Part;
		NonTerminal(text: string): Part;
		Skip(): Part;
	};
	export default railroad;
}
