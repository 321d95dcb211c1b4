// socket_cookie(): a number that tells one socket from another.
import { typeName } from "../types/type-name.ts";
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { requireProbe } from "./require-probe.ts";

const providers = new Set(["fentry", "fexit", "rawtracepoint"]);

function check(call: CheckCall) {
	const [socket] = call.args;
	const type = socket?.type;
	const where =
		"it works in fentry, fexit and rawtracepoint; other probes can take the socket's address instead";
	requireProbe(call, "socket_cookie()", providers, where);
	if (
		type?.kind === "pointer" &&
		(type.to.kind !== "struct" || type.to.name !== "sock")
	) {
		const wanted = "a struct sock *";
		const args = { name: "socket_cookie", wanted, parameter: "socket" };
		const found = typeName(type);
		call.report("E0403", { ...args, found }, { span: socket?.span });
	}
	return uint64;
}

export const socketCookie: BuiltinDefinition = {
	name: "socket_cookie",
	group: "data",
	signatures: ["socket_cookie(socket: pointer)"],
	doc: "A number that belongs to a socket as long as it lives, from a `struct sock *`. Only in fentry, fexit and rawtracepoint.",
	example:
		"fentry:tcp_rcv_established { @bytes[socket_cookie(args.sk)] = hist(args.skb.len); }",
	trusted: true,
	check,
	emitScalar: (emitter, { args }) => {
		emitter.include("sockets");
		const socket = args[0] ? emitter.scalar(args[0]) : "0";
		const call = `bpf_get_socket_cookie((void *)${socket})`;
		return emitter.local("u64", call, "cookie");
	},
};
