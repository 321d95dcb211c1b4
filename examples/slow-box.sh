#!/bin/sh
# slow-box: makes this machine slow in a way that averages do not show, to try biolatency, ext4slower and cachestat on.
#
# "shop" reads orders out of orders.db, now and then an old one. Its disk allows it three reads a second, which it never
# felt, because the file is in memory. Some seconds later "backup" begins to read archive.tar beside it. Both share 48 MB
# of memory: the old orders are evicted, and each of them that is asked for now waits a third of a second for the disk.
#
#    sh examples/slow-box.sh                  for a minute; each five seconds shop tells what its own log would say
#    sh examples/slow-box.sh 20 /some/folder  for 20 seconds, its disk of 128 MB in that folder
#
# The disk is a file on a loop device, mounted for this script alone; it goes when the script ends, however it ends.
set -eu

if [ "$(id -u)" != 0 ]; then
	echo "slow-box: only root can set up disks" >&2
	exit 1
fi
if [ "${SLOW_BOX:-}" != inside ]; then
	SLOW_BOX=inside exec unshare --mount sh "$0" "$@"
fi

seconds=${1:-60}
case $seconds in
*[!0-9]*)
	echo "usage: sh slow-box.sh [seconds] [folder]" >&2
	exit 1
	;;
esac
folder=${2:-/var/tmp}
name=slow-box-$$
cgroups=/sys/fs/cgroup

# Two loop devices, one upon the other, on a file without a name. The limit is set on the lower one, so that the requests
# of the upper one wait. Both are given up at once, which the kernel does when nothing uses them any more.
make_disk() {
	file=$(mktemp "$folder/$name.XXXXXX")
	truncate --size=128M "$file"
	lower=$(losetup --find --show --direct-io=on "$file")
	disk=$(losetup --find --show --direct-io=on "$lower")
	# Now, while its folder is not hidden by what is mounted.
	rm "$file"
	mkfs.ext4 -q "$disk"
	mount "$disk" /mnt
	dd if=/dev/zero of=/mnt/orders.db bs=1M count=16 2>/dev/null
	dd if=/dev/zero of=/mnt/archive.tar bs=1M count=48 2>/dev/null
	# What was written is in memory, on nobody's account: let it go.
	umount /mnt
	mount "$disk" /mnt
	give_up_devices
}

give_up_devices() {
	for device in $disk $lower; do losetup --detach "$device"; done
}

# "memory" and "limited": folders of cgroups to put a process into. They are in one tree, or (version 1) in a tree each.
make_groups() {
	device=$(cat "/sys/class/block/${lower#/dev/}/dev")
	if [ -d $cgroups/blkio ]; then
		memory=$cgroups/memory/$name
		limited=$cgroups/blkio/$name
		mkdir "$memory" "$limited"
		echo 48M >"$memory/memory.limit_in_bytes"
		echo "$device 3" >"$limited/blkio.throttle.read_iops_device"
	else
		echo "+memory +io" >$cgroups/cgroup.subtree_control
		mkdir "$cgroups/$name"
		echo 48M >"$cgroups/$name/memory.max"
		echo "+memory +io" >"$cgroups/$name/cgroup.subtree_control"
		memory=$cgroups/$name/rest
		limited=$cgroups/$name/shop
		mkdir "$memory" "$limited"
		echo "$device riops=3" >"$limited/io.max"
	fi
}

run_shop() {
	echo 0 >"$memory/cgroup.procs"
	cat /mnt/orders.db >/dev/null
	echo 0 >"$limited/cgroup.procs"
	exec nice perl -MTime::HiRes=time,sleep -e '
		$| = 1;
		$0 = "shop";
		my ($end, $log, $script) = (time + shift, time + 5, getppid);
		open my $file, "<:raw", "/mnt/orders.db" or die;
		for (; time < $end && getppid == $script; sleep 0.02) {
			my $begun = time;
			my $order = rand() < 0.05 ? int rand 1024 : 64 * int rand 16;
			sysseek $file, $order * 16384, 0;
			sysread $file, my $text, 16384;
			$orders++;
			$waited += time - $begun;
			if (time > $log) {
				printf "shop: %d orders, %.1f ms each on average\n", $orders, 1000 * $waited / $orders;
				($orders, $waited, $log) = (0, 0, time + 5);
			}
		}' "$seconds"
}

run_backup() {
	echo 0 >"$memory/cgroup.procs"
	exec nice perl -e '
		$| = 1;
		$0 = "backup";
		my $script = getppid;
		sleep 5;
		print "backup: begins\n";
		for (; getppid == $script; sleep 2) {
			open my $file, "<:raw", "/mnt/archive.tar" or die;
			1 while sysread $file, my $piece, 1048576;
		}'
}

clean_up() {
	kill $shop $backup 2>/dev/null || true
	wait $shop $backup 2>/dev/null || true
	rmdir "$limited" "$memory" 2>/dev/null || true
	[ ! -d "$cgroups/$name" ] || rmdir "$cgroups/$name"
	rm -f "$file"
	give_up_devices
}

file= lower= disk= limited= memory= shop= backup=
trap clean_up EXIT
trap exit INT TERM
make_disk
make_groups
run_shop &
shop=$!
run_backup &
backup=$!
echo "The disk is ${disk#/dev/}. Try in another terminal: kask biolatency -m 5 1; kask ext4slower; kask cachestat"
wait $shop
