// Functions that call each other and print where they are: what a stack of this process must come out as.
#include <stdio.h>
#include <unistd.h>

int counter = 7;

__attribute__((noinline)) void innermost(void)
{
	printf("%p %p\n", __builtin_return_address(0), (void *)&counter);
	fflush(stdout);
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
