// leader_tid: the id of the process's first thread.
import { taskMember } from "./task-member.ts";

export const leaderTid = taskMember(
	"leader_tid",
	"group_leader",
	"pid",
	"The first thread of the process: its id, which is the process's too.",
);
