# Which Debian packages are needed, how each is recognised, and how they are installed. Sourced by the
# set-up and by the test driver. A package counts as there when what it is for is found, however it came.

has_program() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }

has_library() {
	for folder in /lib /usr/lib /usr/local/lib /lib64 /usr/lib64 /lib/*-linux-gnu* /usr/lib/*-linux-gnu*; do
		if [ -e "$folder/$1" ]; then return 0; fi
	done
	return 1
}

has_clang() {
	has_program clang && return
	for program in /usr/bin/clang-[0-9]*; do
		if [ -x "$program" ]; then return 0; fi
	done
	return 1
}

has_static_busybox() { [ -x /bin/busybox ] && ! ldd /bin/busybox >/dev/null 2>&1; }

# "group package check..." a line: `run` is what kask itself needs; `kernel` and `vm` are folders of tests.
package_table() {
	cat <<-'END'
		run clang has_clang
		run libbpf1 has_library libbpf.so.1
		run libelf1 has_library libelf.so.1
		run libdw1 has_library libdw.so.1
		kernel gcc has_program gcc
		kernel openssl has_program openssl
		kernel e2fsprogs has_program mkfs.ext4
		kernel mount has_program losetup
		kernel libc6-dev has_file /usr/include/stdio.h
		kernel libbpf-dev has_file /usr/include/bpf/bpf_helpers.h
		vm qemu-system-x86 has_program qemu-system-x86_64
		vm busybox-static has_static_busybox
		vm e2fsprogs has_program mkfs.ext4
	END
}

has_file() { [ -e "$1" ]; }

# The packages of a group that are not there, on one line.
missing_packages() {
	package_table | while read -r group package check; do
		[ "$group" = "$1" ] || continue
		$check || printf '%s ' "$package"
	done
}

# Installs packages; fails without a word where that is not possible, so that the caller can say what it means.
install_debian() {
	command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
	say "installing Debian packages: $*"
	apt_log=$(mktemp)
	# A new machine's lists are empty, an old one's name versions that are gone.
	if { apt_install "$@" || { apt-get update -qq && apt_install "$@"; }; } >"$apt_log" 2>&1; then
		rm -f "$apt_log"
		return 0
	fi
	cat "$apt_log" >&2
	rm -f "$apt_log"
	return 1
}

apt_install() {
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"
}
