// The local time zone's abbreviation (`CEST`), which JavaScript knows for few zones only: it is read from the zone's
// file, the last abbreviation in which is a rule for all times after the listed ones.
import { readFileSync } from "node:fs";

/** As strftime's %Z gives it. */
export function zoneName(date: Date): string {
	const short = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" })
		.formatToParts(date)
		.find((part) => part.type === "timeZoneName")?.value;
	// ICU falls back to `GMT+2` where it has no abbreviation of its own.
	if (short !== undefined && !/^GMT[+-]/.test(short)) return short;
	return abbreviationFromRule(date) ?? short ?? "UTC";
}

/** The rule at the end of the zone file: `CET-1CEST,M3.5.0,M10.5.0/3`, standard and daylight saving time. */
function abbreviationFromRule(date: Date): string | undefined {
	const rule = /\n([^\n]+)\n$/.exec(readZoneFile())?.[1];
	const names = /^(<[^>]+>|[A-Za-z]+)[-+\d:]+(<[^>]+>|[A-Za-z]+)?/.exec(
		rule ?? "",
	);
	const [, standard, saving] = names ?? [];
	const name = saving !== undefined && isSaving(date) ? saving : standard;
	return name?.replace(/[<>]/g, "");
}

/** Clocks stand further ahead in daylight saving time than in the other half of the year. */
function isSaving(date: Date): boolean {
	const offsets = [0, 6].map((month) =>
		new Date(date.getFullYear(), month, 1).getTimezoneOffset(),
	);
	return date.getTimezoneOffset() < Math.max(...offsets);
}

function readZoneFile(): string {
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	try {
		return readFileSync(`/usr/share/zoneinfo/${zone}`, "latin1");
	} catch {
		return "";
	}
}
