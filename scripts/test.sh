#!/bin/sh
# All tests, or those of the folders named: npm test -- grammar semantic
# Installs what is missing first, so that a fresh clone needs nothing but Node and npm. Without root, what
# can't be installed or run is told and counted as skipped.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/packages.sh

say() { printf 'kask tests: %s\n' "$*" >&2; }

folders=${*:-all}
wants() {
	case " $folders " in
	*" all "* | *" $1 "*) return 0 ;;
	*) return 1 ;;
	esac
}

# Installs the packages of a group that are missing.
provide() {
	missing=$(missing_packages "$1")
	missing=${missing% }
	[ -z "$missing" ] || install_debian $missing || say "not installed: $missing (that takes root and apt-get)"
}

# The oldest and the newest clang that the distribution offers; without apt, those that are there.
offered_clangs() {
	if command -v apt-cache >/dev/null; then
		apt-cache search --names-only '^clang-[0-9]+$' | cut -d' ' -f1
	else
		ls /usr/bin | grep -E '^clang-[0-9]+$'
	fi | sort -V | sed -n '1p;$p' | uniq
}

provide_clangs() {
	clangs=$(offered_clangs || true)
	for clang in $clangs; do
		has_program "$clang" || install_debian "$clang" || say "not installed: $clang"
	done
	KASK_TEST_CLANGS=$(for clang in $clangs; do command -v "$clang" || true; done | tr '\n' ' ')
	export KASK_TEST_CLANGS
}

sh scripts/setup.sh
# A new machine knows no packages yet.
if [ "$(id -u)" = 0 ] && command -v apt-cache >/dev/null && ! apt-cache show clang >/dev/null 2>&1; then
	apt-get update -qq >&2 || say "apt-get update failed"
fi
if wants kernel || wants vm || wants bench; then provide kernel; fi
if wants vm; then provide vm; fi
if wants clang; then provide_clangs; fi

# Else every node that the tests start would read all of these certificates first.
unset NODE_EXTRA_CA_CERTS
exec node scripts/run-ts.mjs test/driver/main.ts "$@"
