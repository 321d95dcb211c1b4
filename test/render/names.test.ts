// Addresses, errors, signals, system calls.
import { describe, expect, test } from "vitest";
import { syscallName } from "../../src/builtins/data/syscalls.ts";
import { parseAddress } from "../../src/builtins/ip-address.ts";
import { renderKstack } from "../../src/builtins/render/kstack.ts";
import { renderMacaddr } from "../../src/builtins/render/macaddr.ts";
import {
	renderSignalName,
	renderStrerror,
	renderUsername,
} from "../../src/builtins/render/names-of-numbers.ts";
import { AF_INET6, renderNtop } from "../../src/builtins/render/ntop.ts";
import { renderUsym } from "../../src/builtins/render/usym.ts";
import { bytes, plainHost } from "./fixtures.ts";

describe("ntop and pton", () => {
	test.each([
		["::", "::"],
		["::1", "::1"],
		["2001:db8::1", "2001:db8::1"],
		["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
		["1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"],
		["fe80:0:0:0:1:2:3:4", "fe80::1:2:3:4"],
		["1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"],
		["::ffff:1.2.3.4", "::ffff:1.2.3.4"],
		["::1.2.3.4", "::1.2.3.4"],
		["FF02::FB", "ff02::fb"],
	])("%s", (written, expected) => {
		const address = String.fromCharCode(...(parseAddress(written) ?? []));
		expect(address).toHaveLength(16);
		const value = bytes([4, AF_INET6], address);
		expect(renderNtop.text(value, {}, plainHost)).toBe(expected);
	});
	test("IPv4", () => {
		expect(parseAddress("192.168.0.255")).toEqual([192, 168, 0, 255]);
		const value = bytes([4, 2], "\xc0\xa8\0\xff", "\0".repeat(12));
		expect(renderNtop.text(value, {}, plainHost)).toBe("192.168.0.255");
	});
	test.each(["", "1.2.3", "1.2.3.256", "x", "fe80::1%eth0", "1:2"])(
		"%j is no address",
		(written) => {
			expect(parseAddress(written)).toBeUndefined();
		},
	);
});

test("macaddr", () => {
	const value = bytes("\x18\xc0\x4d\x08\x2e\xbb");
	expect(renderMacaddr.text(value, {}, plainHost)).toBe("18:C0:4D:08:2E:BB");
});

test.each([
	[0, "Success"],
	[1, "Operation not permitted"],
	[-22, "Invalid argument"],
	[7, "Argument list too long"],
	[9999, "Unknown error"],
])("strerror(%i)", (errno, expected) => {
	expect(renderStrerror.text(bytes([8, errno]), {}, plainHost)).toBe(expected);
});

test.each([
	[2, "Interrupt"],
	[0, "Unknown signal 0"],
	[33, "Unknown signal 33"],
	[34, "Real-time signal 0"],
	[1024, "N/A"],
	[-1, "N/A"],
])("signal_name(%i)", (signal, expected) => {
	expect(renderSignalName.text(bytes([8, signal]), {}, plainHost)).toBe(
		expected,
	);
});

test.each([
	["x64", 0, "read"],
	["x64", 59, "execve"],
	["x64", 334, "rseq"],
	["x64", 336, "uprobe"],
	["x64", 337, undefined],
	["x64", 424, "pidfd_send_signal"],
	["x64", 462, "mseal"],
	["arm64", 63, "read"],
	["arm64", 221, "execve"],
	["arm64", 244, undefined],
	["arm64", 462, "mseal"],
	["mips", 1, undefined],
])("system call on %s: %i", (architecture, number, expected) => {
	expect(syscallName(number, architecture)).toBe(expected);
});

test("names that the host looks up", () => {
	expect(renderUsername.text(bytes([8, 0]), {}, plainHost)).toBe("root");
	const address = bytes([8, 0xabc], [4, 17], [4, 0]);
	expect(renderUsym.text(address, {}, plainHost)).toBe("sym_abc@17");
	const stack = renderKstack.text(bytes([8, 5]), { map: "s" }, plainHost);
	expect(stack).toBe("\n        f5\n        f2\n");
	const lost = renderKstack.text(bytes([8, -14]), { map: "s" }, plainHost);
	expect(lost).toBe("\n");
});
