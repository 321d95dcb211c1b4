/* Runs a command and says what it took, as one line of JSON on standard error: nanoseconds until the first line on its
 * standard output and until its end, CPU time, and what it wrote. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long micros(struct timeval t)
{
	return t.tv_sec * 1000000LL + t.tv_usec;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 16];
	long long started, first = -1, ended, bytes = 0, lines = 0;
	struct rusage usage;
	int pipes[2], status;
	ssize_t got;
	pid_t child;

	if (argc < 2 || pipe(pipes) != 0)
		return 2;
	started = now();
	child = vfork();
	if (child == 0) {
		dup2(pipes[1], 1);
		close(pipes[0]);
		close(pipes[1]);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	close(pipes[1]);
	while ((got = read(pipes[0], buffer, sizeof(buffer))) > 0) {
		for (char *at = buffer; (at = memchr(at, '\n', buffer + got - at)); at++) {
			if (lines++ == 0)
				first = now() - started;
		}
		bytes += got;
	}
	wait4(child, &status, 0, &usage);
	ended = now() - started;
	fprintf(stderr,
		"{\"first\":%lld,\"end\":%lld,\"user\":%lld,\"system\":%lld,\"rss\":%ld,\"bytes\":%lld,\"lines\":%lld,\"status\":%d}\n",
		first, ended, micros(usage.ru_utime) * 1000, micros(usage.ru_stime) * 1000, usage.ru_maxrss, bytes, lines,
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
