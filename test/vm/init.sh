#!/bin/sh
# The guest's first process. It lays the host's files out read-only under /root, with room of its own
# for everything that is written, runs the command that waits in the share, and powers off.
# The kernel command line tells: kask.share=<tag> and kask.keep=<path hidden by a tmpfs, to show again>.
set -u
/bin/busybox --install -s /bin
export PATH=/bin

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev

while read -r module; do
	insmod "$module" || echo "init: $module was not taken"
done </modules/order

ninep="trans=virtio,version=9p2000.L,msize=512000"
mount -t 9p -o "ro,cache=loose,$ninep" host /host || poweroff -f
mount --bind /host /root

# What the run writes to goes to memory; the host's own copies stay out of sight and untouched.
for folder in tmp run var/tmp mnt; do
	mount -t tmpfs -o mode=1777 tmpfs "/root/$folder"
done
mount -t proc proc /root/proc
mount -t sysfs sysfs /root/sys
mount --bind /dev /root/dev
mkdir -p /dev/pts /dev/shm
ln -s /proc/self/fd /dev/fd
ln -s fd/0 /dev/stdin
ln -s fd/1 /dev/stdout
ln -s fd/2 /dev/stderr
mount -t devpts -o mode=600,ptmxmode=666 devpts /root/dev/pts
mount -t tmpfs -o mode=1777 tmpfs /root/dev/shm
mount -t tracefs tracefs /root/sys/kernel/tracing
mount -t debugfs debugfs /root/sys/kernel/debug
mount -t bpf bpf /root/sys/fs/bpf
mount -t cgroup2 cgroup2 /root/sys/fs/cgroup
mkdir -p /root/mnt/share /root/mnt/disk /root/tmp/home

for argument in $(cat /proc/cmdline); do
	case "$argument" in
	kask.keep=*)
		keep=${argument#kask.keep=}
		mkdir -p "/root$keep"
		mount --bind "/host$keep" "/root$keep"
		;;
	esac
done

mount -t 9p -o "$ninep" share /root/mnt/share || poweroff -f
mount -t ext4 /dev/vda /root/mnt/disk || echo "init: no disk"

ip link set lo up
hostname kask-vm
echo 0 >/proc/sys/kernel/printk

# The second and the third serial line carry the command's two streams, byte for byte.
stty -F /dev/ttyS1 raw -echo
stty -F /dev/ttyS2 raw -echo
chroot /root /bin/sh /mnt/share/command.sh </dev/null >/dev/ttyS1 2>/dev/ttyS2
echo $? >/root/mnt/share/exit-code

# Wait until both lines have been sent before the machine goes away.
stty -F /dev/ttyS1 -raw
stty -F /dev/ttyS2 -raw
sync
umount /root/mnt/disk
poweroff -f
