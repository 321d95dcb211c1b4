// Reads the values of options; what cannot be one is told with its reason.
import { InvalidArgumentError } from "commander";

export function readRegex(text: string): RegExp {
	try {
		return new RegExp(text);
	} catch (error) {
		throw new InvalidArgumentError(
			error instanceof Error ? `${error.message}.` : "",
		);
	}
}

/** `2%` or `2`, of all CPUs' time. */
export function readShare(text: string): number {
	const share = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text)?.[1];
	const percent = Number(share);
	if (share === undefined || percent <= 0 || percent > 100)
		throw new InvalidArgumentError(`${text} is no share such as 2%.`);
	return percent / 100;
}

/** Above this no kernel counts (`/proc/sys/kernel/pid_max` goes no higher). */
const greatestPid = 2 ** 22;

export function readPid(text: string): number {
	if (!/^\d+$/.test(text))
		throw new InvalidArgumentError(`${text} is not a number.`);
	const pid = Number(text);
	if (pid < 1 || pid > greatestPid)
		throw new InvalidArgumentError(
			`${text} is outside of 1 to ${greatestPid}.`,
		);
	return pid;
}

export function readLine(text: string): number {
	if (!/^\d+$/.test(text))
		throw new InvalidArgumentError(`${text} is not a number.`);
	return Number(text);
}
