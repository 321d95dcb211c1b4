// Tracing programs (fentry, fexit, BTF tracepoints) and iterators: the program itself says what it belongs to.
import { closeSync, readSync } from "node:fs";
import {
	AttachType,
	createIterator,
	linkIterator,
	linkTracing,
	openRawTracepoint,
} from "../bpf/link.ts";
import { pinObject } from "../bpf/program.ts";
import { describeErrno, Errno, fail, type Result, succeed } from "../result.ts";
import type { Attach, AttachContext, Attachment, Subject } from "./context.ts";
import { failAttach } from "./failure.ts";

/** Cookies need a kernel since 6.0; without one, the older call serves. */
export const attachTracing: Attach<"tracing"> = (context, subject) => {
	const { libc } = context;
	const attachType = subject.section.startsWith("fexit")
		? AttachType.fexit
		: AttachType.fentry;
	const link = subject.cookie
		? linkTracing(libc, subject.fd, attachType, subject.cookie)
		: openRawTracepoint(libc, subject.fd, undefined);
	return link >= 0
		? succeed({ links: [link], events: [] })
		: failAttach(context, subject, -link);
};

export const attachBtfTracepoint: Attach<"btf_tracepoint"> = (
	context,
	subject,
) => {
	const link = openRawTracepoint(context.libc, subject.fd, undefined);
	return link >= 0
		? succeed({ links: [link], events: [] })
		: failAttach(context, subject, -link);
};

/** An iterator's link. It runs when read (see `readIterator`), or when the file it is pinned to is read. */
export const attachIterator: Attach<"iter"> = (
	context,
	subject,
	target,
): Result<Attachment> => {
	const link = linkIterator(context.libc, subject.fd);
	if (link < 0) return failAttach(context, subject, -link);
	if (target.pin === undefined) {
		// What it has to say comes through the ring buffer; the text of the file stays empty.
		const run = () => readIterator(context, subject, link, () => {});
		return succeed({ links: [link], events: [], run });
	}
	const pinned = pinObject(context.libc, link, target.pin);
	if (pinned === 0) return succeed({ links: [link], events: [] });
	context.libc.call.close(link);
	const why =
		pinned === -Errno.EEXIST
			? `${target.pin} is there already`
			: `${target.pin}: ${describeErrno(-pinned)}`;
	return failAttach(context, subject, -pinned, why);
};

/** Runs an iterator over all its objects; what it wrote with bpf_seq_write goes to `onBytes`. */
export function readIterator(
	context: AttachContext,
	subject: Pick<Subject, "probe">,
	link: number,
	onBytes: (bytes: Uint8Array) => void,
): Result<undefined> {
	const fd = createIterator(context.libc, link);
	if (fd < 0)
		return fail(
			"E0708",
			{ probe: subject.probe, why: describeErrno(-fd) },
			-fd,
		);
	const buffer = new Uint8Array(65536);
	try {
		for (;;) {
			const length = readIteratorChunk(fd, buffer);
			if (length === 0) return succeed(undefined);
			if (length > 0) onBytes(buffer.subarray(0, length));
		}
	} finally {
		closeSync(fd);
	}
}

// EAGAIN: the kernel paused after many objects without output, and goes on at the next read.
function readIteratorChunk(fd: number, buffer: Uint8Array): number {
	try {
		return readSync(fd, buffer, 0, buffer.length, null);
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EAGAIN")
			return -1;
		throw error;
	}
}
