// skboutput(): a packet, written to a file.
import { typeName } from "../types/type-name.ts";
import { int64 } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { integerField, numberParam, textParam } from "./handle/event-params.ts";
import type { Host, HostEvent } from "./host.ts";
import { requireProbe } from "./require-probe.ts";

const providers = new Set(["fentry", "fexit", "rawtracepoint"]);

function check(call: CheckCall) {
	const [, packet] = call.args;
	const type = packet?.type;
	const where =
		"it works in fentry, fexit and rawtracepoint, where the kernel hands over the packet itself";
	requireProbe(call, "skboutput()", providers, where);
	if (
		type?.kind === "pointer" &&
		(type.to.kind !== "struct" || type.to.name !== "sk_buff")
	) {
		const wanted = "a struct sk_buff *";
		const args = { name: "skboutput", wanted, parameter: "packet" };
		const found = typeName(type);
		call.report("E0403", { ...args, found }, { span: packet?.span });
	}
	return int64;
}

function handle(event: HostEvent, host: Host): void {
	const { view, start, fields } = event;
	const time = BigInt(integerField(event, "time") ?? 0);
	const length = Number(integerField(event, "length") ?? 0);
	const skip = Math.min(numberParam(event, "offset"), length);
	const behind = start + (fields.at(-1)?.offset ?? 0) + 8;
	const packet = new Uint8Array(
		view.buffer,
		view.byteOffset + behind + skip,
		length - skip,
	);
	const path = textParam(event, "path");
	const why = host.writePacket(path, host.wallClock(time), packet);
	if (why === undefined) return;
	const text = `cannot write packets to ${path}: ${why}`;
	host.out.message("error", text, event.place);
}

export const skboutput: BuiltinDefinition = {
	name: "skboutput",
	group: "output",
	signatures: [
		"skboutput(path: literal string, packet: pointer, length: int, offset: literal int)",
	],
	doc: "Writes the first bytes of a packet, a `struct sk_buff *`, to a file that tcpdump and Wireshark read, leaving out what comes before the offset: the file holds packets from their IP head on, so 14 where an Ethernet head stands before it. 0, or a negative number where it failed: -14 for more bytes than the packet has, -28 where kask could not keep up. Only in fentry, fexit and rawtracepoint.",
	example:
		'rawtracepoint:netif_receive_skb { skboutput("in.pcap", args.skb, args.skb.len, 0); }',
	needs: ["skboutput"],
	trusted: true,
	check,
	emitScalar: (emitter, { args: [path, packet, length, offset], span }) => {
		if (!packet || !length) return "0";
		const params = {
			path: String(path?.constant ?? ""),
			offset: Number(offset?.constant ?? 0n),
		};
		return emitter.packet("skboutput", params, packet, length, span);
	},
	handle,
};
