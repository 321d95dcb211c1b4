// Where compiled scripts are kept, and whether that place can be trusted. What lies in the cache is loaded into the
// kernel by root, so nobody else may be able to put anything there: neither into the folder nor in place of it.
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readlinkSync,
	statSync,
} from "node:fs";
import { userInfo } from "node:os";
import { dirname, isAbsolute, join, parse, resolve } from "node:path";
import { fail, type Result, succeed } from "../result.ts";

export interface CacheOwner {
	readonly env: NodeJS.ProcessEnv;
	/** Effective user. */
	readonly uid: number;
}

/** `$XDG_CACHE_HOME/kask` or `~/.cache/kask`. */
export function cacheFolder({ env, uid }: CacheOwner): string {
	const base = env.XDG_CACHE_HOME;
	if (base !== undefined && isAbsolute(base)) return join(base, "kask");
	return join(homeFolder(env, uid), ".cache", "kask");
}

/** Under sudo, HOME can still be that of the user who called it. */
function homeFolder(env: NodeJS.ProcessEnv, uid: number): string {
	const home = env.HOME;
	const isOwn =
		home !== undefined &&
		isAbsolute(home) &&
		statSync(home, { throwIfNoEntry: false })?.uid === uid;
	return isOwn ? home : userInfo().homedir;
}

/**
 * Makes the folder if need be. Fails when others could write there; undefined where none can be made (a read-only home,
 * no home at all), which is nothing to complain about.
 */
export function openCacheFolder(owner: CacheOwner): Result<string | undefined> {
	const folder = cacheFolder(owner);
	try {
		// All parents first: to make folders in a place of somebody else's choosing is bad enough.
		const parent = nearestExisting(dirname(folder));
		const doubt = explainDistrust(parent, owner.uid);
		if (doubt) return doubt;
		makeFolders(folder);
	} catch {
		return succeed(undefined);
	}
	const doubt = explainDistrust(folder, owner.uid);
	if (doubt) return doubt;
	return makePrivate(folder, owner.uid);
}

/** One by one: Node's own way never ends where the kernel denies that a parent is there, as in /proc. */
function makeFolders(path: string): void {
	if (lstatSync(path, { throwIfNoEntry: false })) return;
	makeFolders(dirname(path));
	mkdirSync(path, { mode: 0o700 });
}

function makePrivate(folder: string, uid: number): Result<string> {
	const stat = statSync(folder);
	if (!stat.isDirectory()) return distrust(folder, "is not a folder");
	if (stat.uid !== uid) return distrust(folder, "belongs to another user");
	if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
	return succeed(folder);
}

function nearestExisting(path: string): string {
	let at = path;
	while (lstatSync(at, { throwIfNoEntry: false }) === undefined)
		at = dirname(at);
	return at;
}

const STICKY = 0o1000;
const WRITABLE_BY_OTHERS = 0o022;
const MOST_LINKS = 40;

/** Goes down from the root; undefined when every step belongs to root or the user and nobody else can write to it. */
function explainDistrust(
	path: string,
	uid: number,
	links = 0,
): Result<never> | undefined {
	const { root } = parse(path);
	let at = root;
	const steps = resolve(path).slice(root.length).split("/").filter(Boolean);
	for (const [i, step] of ["", ...steps].entries()) {
		at = join(at, step);
		const stat = lstatSync(at);
		if (stat.uid !== uid && stat.uid !== 0)
			return distrust(at, "belongs to another user");
		if (stat.isSymbolicLink()) {
			if (links >= MOST_LINKS) return distrust(at, "leads nowhere");
			const target = resolve(dirname(at), readlinkSync(at), ...steps.slice(i));
			return explainDistrust(target, uid, links + 1);
		}
		// In a sticky folder such as /tmp others can add files, but not replace ours.
		const isSticky = stat.isDirectory() && (stat.mode & STICKY) !== 0;
		if ((stat.mode & WRITABLE_BY_OTHERS) !== 0 && !isSticky)
			return distrust(at, "can be written to by other users");
	}
	return undefined;
}

function distrust(path: string, why: string): Result<never> {
	return fail("W0601", { why: `${path} ${why}` });
}
