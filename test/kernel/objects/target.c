// Calls two functions as often as it is told: something to put uprobes on.
#include <stdlib.h>

__attribute__((noinline)) int first(int x)
{
	__asm__ volatile("");
	return x + 1;
}

__attribute__((noinline)) int second(int x)
{
	__asm__ volatile("");
	return x + 2;
}

int main(int argc, char **argv)
{
	int times = argc > 1 ? atoi(argv[1]) : 0;
	int sum = 0;

	for (int i = 0; i < times; i++)
		sum += first(i) + second(i);
	return sum == 0;
}
