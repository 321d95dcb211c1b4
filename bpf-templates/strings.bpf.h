/* Strings and plain bytes: comparing, measuring, searching. */
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

/* Bytes before the NUL, at most `size`. */
static __always_inline u32 text_length(const char *text, u32 size)
{
#pragma clang loop unroll(disable)
	for (u32 i = 0; i < size; i++)
		if (!text[i])
			return i;
	return size;
}

/* Less than, equal to or greater than 0, as C's memcmp. */
static __always_inline s64 compare_bytes(const char *a, const char *b, u32 size)
{
#pragma clang loop unroll(disable)
	for (u32 i = 0; i < size; i++)
		if (a[i] != b[i])
			return (s64)(u8)a[i] - (u8)b[i];
	return 0;
}

/* A search for `wanted`, of `length` bytes at most, in `text`, of `size` bytes at most. Both may end earlier by a NUL. */
struct text_search {
	const char *text;
	const char *wanted;
	/* Whole words: older verifiers forget what smaller ones hold. */
	u64 size;
	u64 length;
	s64 found;
};

static __unused long search_at(u32 at, struct text_search *search)
{
	const char *text = search->text;
	const char *wanted = search->wanted;

	for (u64 i = 0; i < search->length; i++) {
		u64 index = at + i;

		if (!wanted[i])
			break;
		/* The register that is checked has to be the one that is added to the address. */
		asm volatile("" : "+r"(index));
		if (index >= search->size)
			return 1;
		if (text[index] != wanted[i])
			return !text[index] && !i;
	}
	search->found = at;
	return 1;
}

/* Since Linux 6.17. */
extern int bpf_strnstr(const char *text, const char *wanted, u64 size) __weak __ksym;

/* Where `wanted` begins in `text`, or -1. */
static __always_inline s64 find_text(const char *text, u32 size, const char *wanted, u32 length)
{
	if (bpf_strnstr) {
		s64 found = bpf_strnstr(text, wanted, size);

		return found < 0 ? -1 : found;
	}

	struct text_search search = { text, wanted, size, length, -1 };

	bpf_loop(size, search_at, &search, 0);
	return search.found;
}

#endif
