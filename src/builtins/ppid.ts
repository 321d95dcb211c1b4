// ppid: the id of the process that started this one.
import { taskMember } from "./task-member.ts";

export const ppid = taskMember(
	"ppid",
	"real_parent",
	"pid",
	"The process that started this one: its id.",
);
