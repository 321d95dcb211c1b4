// leader_comm: the name of the process's first thread.
import { taskMember } from "./task-member.ts";

export const leaderComm = taskMember(
	"leader_comm",
	"group_leader",
	"comm",
	"The name of the process's first thread.",
);
