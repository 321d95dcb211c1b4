# tcp-deaf.pl SECONDS: a connection over 127.0.0.1 whose server stops to hear. A socket filter drops all that comes, so
# that the kernel drops segments and the client sends them again.
use strict;
use Socket;
my ($seconds) = @ARGV;
socket(my $listener, PF_INET, SOCK_STREAM, 0) or die;
bind($listener, sockaddr_in(0, INADDR_LOOPBACK)) or die;
listen($listener, 5) or die;
socket(my $client, PF_INET, SOCK_STREAM, 0) or die;
connect($client, getsockname($listener)) or die;
accept(my $server, $listener) or die;
my $return_nothing = pack("SCCL", 6, 0, 0, 0);
my $attach_filter = 26;
setsockopt($server, SOL_SOCKET, $attach_filter, pack("S x6 P", 1, $return_nothing)) or die;
syswrite($client, "x" x 1000);
select(undef, undef, undef, $seconds);
# An end without a farewell: what is not acknowledged would be sent again for minutes.
setsockopt($client, SOL_SOCKET, SO_LINGER, pack("ii", 1, 0)) or die;
