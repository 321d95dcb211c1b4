// Which headers the kernel's own types can stand for: those of its source tree's include folders.

/** Folders of include/ and include/uapi/ in the kernel's source, as of 6.x. */
const folders = new Set([
	"acpi",
	"asm",
	"asm-generic",
	"clocksource",
	"crypto",
	"cxl",
	"drm",
	"hyperv",
	"keys",
	"kunit",
	"kvm",
	"linux",
	"math-emu",
	"media",
	"memory",
	"misc",
	"mtd",
	"net",
	"pcmcia",
	"ras",
	"rdma",
	"rv",
	"scsi",
	"soc",
	"sound",
	"target",
	"trace",
	"uapi",
	"ufs",
	"vdso",
	"video",
	"xen",
]);

/** What people make of the kernel's BTF, to have its types in C. */
const madeOfBtf = "vmlinux.h";

/** Of a header as it is written: `<net/sock.h>`. */
export function isKernelHeader(include: string): boolean {
	const path = include.slice(1, -1);
	const [folder = "", ...rest] = path.split("/");
	return path === madeOfBtf || (rest.length > 0 && folders.has(folder));
}
