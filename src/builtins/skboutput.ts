// skboutput(): a packet, written to a file.
import { uint32 } from "../types/types.ts";
import { notYet } from "./not-yet.ts";

export const skboutput = notYet(
	{
		name: "skboutput",
		group: "output",
		signatures: [
			"skboutput(path: literal string, packet: pointer, length: int, offset: int)",
		],
		doc: "Writes a packet to a file that tcpdump reads. Not supported yet.",
		example:
			'fentry:dev_queue_xmit { skboutput("out.pcap", args.skb, args.skb.len, 14); }',
	},
	uint32,
);
