// Functions that call each other, print where they are, and wait: for a signal, or not for long with -DBRIEF.
#include <stdio.h>
#include <unistd.h>

#ifndef BRIEF
#define BRIEF 0
#endif

int counter = 7;

__attribute__((noinline)) void innermost(void)
{
	printf("%p %p\n", __builtin_return_address(0), (void *)&counter);
	fflush(stdout);
	if (BRIEF)
		usleep(50000);
	else
		pause();
}

__attribute__((noinline)) static void hidden(void)
{
	innermost();
	counter++;
}

__attribute__((noinline)) void outer(void)
{
	hidden();
	counter++;
}

int main(void)
{
	printf("%p %p %p\n", (void *)outer, (void *)main, (void *)pause);
	outer();
	return 0;
}
