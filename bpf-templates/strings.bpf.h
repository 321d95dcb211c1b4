/* Comparing strings and plain bytes. */
#ifndef STRINGS_BPF_H
#define STRINGS_BPF_H
#include "kask.bpf.h"

/* Equal up to the first NUL, or all of the `size` bytes that both have. */
static __always_inline bool strings_equal(const char *a, const char *b, u32 size)
{
#pragma clang loop unroll(disable)
	for (u32 i = 0; i < size; i++) {
		if (a[i] != b[i])
			return 0;
		if (!a[i])
			return 1;
	}
	return 1;
}

static __always_inline bool bytes_equal(const char *a, const char *b, u32 size)
{
#pragma clang loop unroll(disable)
	for (u32 i = 0; i < size; i++)
		if (a[i] != b[i])
			return 0;
	return 1;
}

#endif
