// `%gr`: allocation flags of the kernel by name, `GFP_KERNEL|__GFP_ZERO`. Bits as in linux/gfp_types.h since kernel 6.10.

/** Bit numbers of the single flags. */
const bits = {
	DMA: 0,
	HIGHMEM: 1,
	DMA32: 2,
	MOVABLE: 3,
	RECLAIMABLE: 4,
	HIGH: 5,
	IO: 6,
	FS: 7,
	ZERO: 8,
	DIRECT_RECLAIM: 10,
	KSWAPD_RECLAIM: 11,
	WRITE: 12,
	NOWARN: 13,
	RETRY_MAYFAIL: 14,
	NOFAIL: 15,
	NORETRY: 16,
	MEMALLOC: 17,
	COMP: 18,
	NOMEMALLOC: 19,
	HARDWALL: 20,
	THISNODE: 21,
	ACCOUNT: 22,
	ZEROTAGS: 23,
	SKIP_ZERO: 24,
	SKIP_KASAN: 25,
	NO_OBJ_EXT: 26,
} as const;

type Flag = keyof typeof bits;

function mask(...flags: readonly Flag[]): bigint {
	return flags.reduce((all, flag) => all | (1n << BigInt(bits[flag])), 0n);
}

const reclaim = mask("DIRECT_RECLAIM", "KSWAPD_RECLAIM");
const kernel = reclaim | mask("IO", "FS");
const user = kernel | mask("HARDWALL");
const highUser = user | mask("HIGHMEM");
const movable = highUser | mask("MOVABLE", "SKIP_KASAN");
const hugeLight = (movable | mask("COMP", "NOMEMALLOC", "NOWARN")) & ~reclaim;

/** Combinations with a name of their own, the larger before those they contain. */
const combinations: readonly (readonly [name: string, mask: bigint])[] = [
	["GFP_TRANSHUGE", hugeLight | mask("DIRECT_RECLAIM")],
	["GFP_TRANSHUGE_LIGHT", hugeLight],
	["GFP_HIGHUSER_MOVABLE", movable],
	["GFP_HIGHUSER", highUser],
	["GFP_USER", user],
	["GFP_KERNEL_ACCOUNT", kernel | mask("ACCOUNT")],
	["GFP_KERNEL", kernel],
	["GFP_NOFS", reclaim | mask("IO")],
	["GFP_ATOMIC", mask("HIGH", "KSWAPD_RECLAIM")],
	["GFP_NOIO", reclaim],
	["GFP_NOWAIT", mask("KSWAPD_RECLAIM", "NOWARN")],
	["GFP_DMA", mask("DMA")],
	["GFP_DMA32", mask("DMA32")],
];

const singles = Object.entries(bits).map(
	([name, bit]) => [`__GFP_${name}`, 1n << BigInt(bit)] as const,
);

/** Names joined by `|`; bits without a name follow in hexadecimal. */
export function gfpFlags(flags: bigint): string {
	if (flags === 0n) return "0";
	const names: string[] = [];
	let rest = flags;
	for (const [name, bits] of [...combinations, ...singles]) {
		if ((rest & bits) !== bits) continue;
		names.push(name);
		rest &= ~bits;
	}
	if (rest !== 0n) names.push(`0x${rest.toString(16)}`);
	return names.join("|");
}
