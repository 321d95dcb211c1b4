#!/bin/sh
# Makes this folder ready to run kask: npm packages, Debian packages, the bundle. Only what is missing is
# installed; run again, it does nothing but look. Exit code 69: something is needed that it can't do.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
. scripts/packages.sh

say() { printf 'kask set-up: %s\n' "$*" >&2; }
fail() {
	say "$@"
	exit 69
}

check_node() {
	command -v node >/dev/null || fail "Node.js 20.19 or newer is needed, and there is none on the PATH."
	node -e '
		const [major, minor] = process.versions.node.split(".").map(Number);
		process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
	' || fail "Node.js 20.19 or newer is needed; this is $(node --version) ($(command -v node))."
	command -v npm >/dev/null || fail "npm is needed to install the packages kask is made of, and there is none on the PATH."
}

# What was installed last, so that only another list of packages leads to another installation.
installed=node_modules/.kask-lock.json

install_npm() {
	cmp -s package-lock.json "$installed" && return
	say "installing npm packages"
	npm ci --include=dev --include=optional --no-audit --no-fund --no-update-notifier --loglevel=error >&2 ||
		fail "npm could not install the packages; its message is above."
	cp package-lock.json "$installed"
}

# Packages that kask can't run without.
require_debian() {
	missing=$(missing_packages run)
	missing=${missing% }
	[ -z "$missing" ] && return
	install_debian $missing ||
		fail "kask needs these packages: $missing. Type: sudo apt-get install -y $missing (on other systems: clang 11 or newer, and libbpf 1.0 or newer)"
}

# The stamp carries the time before the build: what is edited while it runs leads to another one.
build() {
	command -v node >dist/.setup.new
	node scripts/build.mjs || fail "the build failed; its message is above."
	mv dist/.setup.new dist/.setup
}

[ -w "$root" ] || fail "$root can't be written to by $(id -un): run bin/kask once as the folder's owner."
mkdir -p dist
# Two starts at the same time: the second waits, and finds everything done.
if command -v flock >/dev/null; then
	exec 9>dist/.lock
	flock 9
fi
check_node
install_npm
require_debian
build
