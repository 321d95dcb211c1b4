// Functions that scripts have long traced and that kernels have since renamed, inlined or removed: what to trace now.
// From the kernel's history; versions are those of the change. Each is told only where this kernel has it.
import type { ProbeEnvironment, SpecText } from "./definition.ts";

/** The best first. Tracepoints name their arguments themselves, so what the script does with arg0 changes with them. */
const successors: Readonly<Record<string, readonly string[]>> = {
	// 5.17 put a test before it and inlined that; 6.5 brought the tracepoints.
	blk_account_io_start: [
		"__blk_account_io_start",
		"tracepoint:block:block_io_start",
		"blk_mq_start_request",
	],
	blk_account_io_done: [
		"__blk_account_io_done",
		"tracepoint:block:block_io_done",
		"tracepoint:block:block_rq_complete",
	],
	__blk_account_io_start: [
		"tracepoint:block:block_io_start",
		"blk_account_io_start",
		"blk_mq_start_request",
	],
	__blk_account_io_done: [
		"tracepoint:block:block_io_done",
		"blk_account_io_done",
		"tracepoint:block:block_rq_complete",
	],
	// 5.0: the last of the queue code before multi-queue went.
	blk_start_request: ["blk_mq_start_request"],
	blk_finish_request: ["blk_mq_end_request"],
	blk_end_request: ["blk_mq_end_request"],
	__elv_add_request: ["tracepoint:block:block_rq_insert"],
	// 5.9
	generic_make_request: ["submit_bio_noacct"],
	blk_throtl_bio: ["__blk_throtl_bio"],
	finish_task_switch: ["tracepoint:sched:sched_switch"],
	// 5.8 and 5.16: folios took over the page cache.
	__do_page_cache_readahead: ["do_page_cache_ra", "page_cache_ra_unbounded"],
	ondemand_readahead: ["page_cache_sync_ra"],
	page_cache_sync_readahead: ["page_cache_sync_ra"],
	page_cache_async_readahead: ["page_cache_async_ra"],
	__page_cache_alloc: ["filemap_alloc_folio"],
	add_to_page_cache_lru: ["filemap_add_folio"],
	mark_page_accessed: ["folio_mark_accessed"],
	account_page_dirtied: [
		"tracepoint:writeback:writeback_dirty_folio",
		"tracepoint:writeback:writeback_dirty_page",
	],
	shrink_page_list: ["shrink_folio_list"],
	__alloc_pages_nodemask: ["__alloc_pages", "tracepoint:kmem:mm_page_alloc"],
	__alloc_pages: ["__alloc_pages_noprof", "tracepoint:kmem:mm_page_alloc"],
	__kmalloc: ["__kmalloc_noprof", "tracepoint:kmem:kmalloc"],
	kmem_cache_alloc: [
		"kmem_cache_alloc_noprof",
		"tracepoint:kmem:kmem_cache_alloc",
	],
	// Static, and mostly inlined since 5.10.
	new_sync_read: ["vfs_read"],
	new_sync_write: ["vfs_write"],
	__vfs_read: ["vfs_read"],
	__vfs_write: ["vfs_write"],
	// 5.6 and 5.10
	do_sys_open: ["do_sys_openat2", "tracepoint:syscalls:sys_enter_openat"],
	do_fork: ["kernel_clone", "tracepoint:sched:sched_process_fork"],
	_do_fork: ["kernel_clone", "tracepoint:sched:sched_process_fork"],
	do_execve: ["tracepoint:sched:sched_process_exec"],
	// 5.17, 6.11
	kfree_skb: ["tracepoint:skb:kfree_skb"],
	tcp_drop: ["tracepoint:skb:kfree_skb"],
	kfree_skb_reason: ["tracepoint:skb:kfree_skb"],
	// 6.5
	tcp_sendpage: ["tcp_sendmsg"],
	scsi_mq_done: ["scsi_done"],
	scsi_init_io: ["scsi_alloc_sgtables"],
};

/** Of these only the name has changed: what scripts do with the arguments that they had is still right. */
const newNames: Readonly<Record<string, readonly string[]>> = {
	blk_account_io_start: ["__blk_account_io_start"],
	blk_account_io_done: ["__blk_account_io_done"],
	__blk_account_io_start: ["blk_account_io_start"],
	__blk_account_io_done: ["blk_account_io_done"],
	generic_make_request: ["submit_bio_noacct"],
	__alloc_pages_nodemask: ["__alloc_pages", "__alloc_pages_noprof"],
	__alloc_pages: ["__alloc_pages_noprof"],
	__kmalloc: ["__kmalloc_noprof"],
	kmem_cache_alloc: ["kmem_cache_alloc_noprof"],
	shrink_page_list: ["shrink_folio_list"],
	kfree_skb: ["kfree_skb_reason"],
	tcp_drop: ["tcp_drop_reason"],
};

/** What this kernel calls a function that it does not have under the name of the spec. */
export function newNameOf(
	spec: SpecText,
	environment: ProbeEnvironment,
): string | undefined {
	const [func = "", ...more] = spec.parts;
	return more.length > 0
		? undefined
		: newNames[func]?.find((name) => exists(name, environment));
}

/** The first of a function's successors that this kernel has, as a probe; functions are probed as `provider` does. */
export function successorOf(
	provider: string,
	func: string,
	environment: ProbeEnvironment,
): string | undefined {
	const found = successors[func]?.find((name) => exists(name, environment));
	if (found === undefined) return undefined;
	return found.includes(":") ? found : `${provider}:${found}`;
}

function exists(name: string, environment: ProbeEnvironment): boolean {
	const [provider, category = "", event = ""] = name.split(":");
	return provider === "tracepoint"
		? environment.tracepointEvents(category).includes(event)
		: environment.modulesOf(name).length > 0;
}
