// How tests call what a frame is found by, in the order of the table's numbers.

export const frameWords = [
	"none",
	"end",
	"unknown",
	"rsp",
	"rbp",
	"*rsp",
	"*rbp",
	"linkage",
];
