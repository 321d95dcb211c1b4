#!/bin/sh
# Runs a command with little memory: memory-group.sh 20M ./program argument...
# Memory is limited by version 2 of cgroups, or by the older version where that has it.
if [ -d /sys/fs/cgroup/memory ]; then
	group=/sys/fs/cgroup/memory/kask-case-$$
	limit=memory.limit_in_bytes
else
	group=/sys/fs/cgroup/kask-case-$$
	limit=memory.max
	echo +memory >/sys/fs/cgroup/cgroup.subtree_control
fi
mkdir "$group"
echo "$1" >"$group/$limit"
shift
sh -c "echo 0 >$group/cgroup.procs"' && exec "$@"' command "$@"
code=$?
# The group counts as used for a moment longer.
until rmdir "$group" 2>/dev/null; do sleep 0.1; done
exit $code
