// pcomm: the name of the process that started this one.
import { taskMember } from "./task-member.ts";

export const pcomm = taskMember(
	"pcomm",
	"real_parent",
	"comm",
	"The name of the process that started this one.",
);
