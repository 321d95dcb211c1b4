#!/bin/sh
# Runs a command on Debian's stock kernel in QEMU: scripts/vm.sh 'uname -r'. See test/vm/README.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec node "$root/scripts/run-ts.mjs" "$root/test/vm/main.ts" "$root" "$@"
