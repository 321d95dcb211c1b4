# tls-talk.sh: a TLS connection over 127.0.0.1, both ends by openssl. The client sends a line, the server sends it back
# the other way round.
cd "${CASE:-$(mktemp -d)}" || exit 1
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert -subj /CN=localhost -days 1 2>/dev/null
# A port may be taken: a few are tried.
for port in 44331 44737 45121 45953; do
	openssl s_server -accept "127.0.0.1:$port" -key key -cert cert -quiet -rev >/dev/null 2>&1 &
	server=$!
	tries=0
	while kill -0 $server 2>/dev/null && [ $tries -lt 30 ]; do
		{ echo hello; sleep 0.5; } | openssl s_client -connect "127.0.0.1:$port" -quiet -no_ign_eof >got 2>/dev/null
		if grep -q olleh got; then
			kill $server
			exit 0
		fi
		tries=$((tries + 1))
		sleep 0.1
	done
	kill $server 2>/dev/null
done
exit 1
