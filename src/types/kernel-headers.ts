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

/** Of a header as it is written: `<net/sock.h>`. */
export function isKernelHeader(include: string): boolean {
	const [folder = "", ...rest] = include.slice(1, -1).split("/");
	return rest.length > 0 && folders.has(folder);
}
