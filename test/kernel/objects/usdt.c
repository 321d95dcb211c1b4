// A program with two USDT probes, one of them behind a semaphore. The notes are written out here, so that no header of
// SystemTap is needed.
#include <stdlib.h>

unsigned short counted_semaphore __attribute__((section(".probes"), used));

#define PROBE(name, semaphore, x, y)                                           \
	__asm__ volatile("990: nop\n"                                          \
			 ".pushsection .note.stapsdt, \"\", \"note\"\n"        \
			 ".balign 4\n"                                         \
			 ".4byte 992f-991f, 994f-993f, 3\n"                    \
			 "991: .asciz \"stapsdt\"\n"                           \
			 "992: .balign 4\n"                                    \
			 "993: .8byte 990b\n"                                  \
			 ".8byte _.stapsdt.base\n"                             \
			 ".8byte " semaphore "\n"                              \
			 ".asciz \"sample\"\n"                                 \
			 ".asciz \"" name "\"\n"                               \
			 ".asciz \"-4@%0 8@%1\"\n"                             \
			 "994: .balign 4\n"                                    \
			 ".popsection\n"                                       \
			 ".ifndef _.stapsdt.base\n"                            \
			 ".pushsection .stapsdt.base, \"aG\", \"progbits\", "  \
			 ".stapsdt.base, comdat\n"                             \
			 ".weak _.stapsdt.base\n"                              \
			 ".hidden _.stapsdt.base\n"                            \
			 "_.stapsdt.base: .space 1\n"                          \
			 ".size _.stapsdt.base, 1\n"                           \
			 ".popsection\n"                                       \
			 ".endif\n"                                            \
			 :                                                     \
			 : "r"(x), "r"(y))

__attribute__((noinline)) void step(int i)
{
	PROBE("step", "0", -i, (long)i * 1000);
	if (counted_semaphore)
		PROBE("counted", "counted_semaphore", i, 7L);
}

int main(int argc, char **argv)
{
	int times = argc > 1 ? atoi(argv[1]) : 0;

	for (int i = 0; i < times; i++)
		step(i);
	return 0;
}
