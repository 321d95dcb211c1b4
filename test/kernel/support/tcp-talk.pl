# tcp-talk.pl UP DOWN [SECONDS]: a client sends UP bytes to a server over 127.0.0.1, which answers with DOWN bytes.
# The client calls itself talk-up, the server talk-down. SECONDS pass before the client speaks and before it ends.
use strict;
use Socket;
my ($up, $down, $seconds) = @ARGV;

sub receive {
	my ($socket, $wanted) = @_;
	my $got = 0;
	while ($got < $wanted) {
		my $n = sysread($socket, my $bytes, 65536);
		last unless $n;
		$got += $n;
	}
}

sub send_all {
	my ($socket, $count) = @_;
	my $sent = 0;
	$sent += syswrite($socket, "x" x ($count - $sent)) while $sent < $count;
}

sub call_myself { open(my $file, ">", "/proc/self/comm") or die; print $file $_[0]; close $file }

socket(my $listener, PF_INET, SOCK_STREAM, 0) or die;
bind($listener, sockaddr_in(0, INADDR_LOOPBACK)) or die;
listen($listener, 5) or die;
my ($port) = sockaddr_in(getsockname($listener));
if (fork) {
	call_myself("talk-up");
	socket(my $client, PF_INET, SOCK_STREAM, 0) or die;
	connect($client, sockaddr_in($port, INADDR_LOOPBACK)) or die;
	select(undef, undef, undef, $seconds) if $seconds;
	send_all($client, $up);
	receive($client, $down);
	select(undef, undef, undef, $seconds) if $seconds;
	close $client;
	wait;
} else {
	call_myself("talk-down");
	accept(my $server, $listener) or die;
	receive($server, $up);
	send_all($server, $down);
	receive($server, 1);
}
