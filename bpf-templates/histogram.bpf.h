/* Which bucket of a histogram a value falls into. */
#ifndef HISTOGRAM_BPF_H
#define HISTOGRAM_BPF_H
#include "kask.bpf.h"

/* Keeps clang from turning a branch into two selections, each of which BPF would do with a branch again. */
#define keep_branch() asm volatile("")

/* Position of the highest bit that is set; 0 for 0. */
static __always_inline u32 highest_bit(u64 value)
{
	u32 bit = 0;

	if (value >> 32) {
		keep_branch();
		value >>= 32;
		bit = 32;
	}
	if (value >> 16) {
		keep_branch();
		value >>= 16;
		bit += 16;
	}
	if (value >> 8) {
		keep_branch();
		value >>= 8;
		bit += 8;
	}
	if (value >> 4) {
		keep_branch();
		value >>= 4;
		bit += 4;
	}
	if (value >> 2) {
		keep_branch();
		value >>= 2;
		bit += 2;
	}
	return bit + (value >> 1);
}

/* Each power of two is cut into 2^bits buckets. Bucket 0 is for negative values; values below 2^bits have one each. */
static __always_inline u32 log2_bucket(s64 value, u32 bits)
{
	u32 high;

	if (value < 0)
		return 0;
	if ((u64)value < 1ULL << bits)
		return value + 1;
	high = highest_bit(value) - bits;
	return ((high + 1) << bits) + ((value >> high) & ((1 << bits) - 1)) + 1;
}

/* Buckets of one width. Bucket 0 is for values below `least`, the last one for values from `most` on. */
static __always_inline u32 linear_bucket(s64 value, s64 least, s64 most, s64 step)
{
	if (value < least)
		return 0;
	if (value >= most)
		value = most;
	return (u64)(value - least) / (u64)step + 1;
}

/* Buckets by the two leading decimal digits. Bucket 0 is for negative values; values below 100 have one each. */
static __always_inline u32 decimal_bucket(s64 value)
{
	u64 digits = value;
	u32 power = 0;

	if (value < 0)
		return 0;
	if (digits >= 10000000000ULL) {
		keep_branch();
		digits /= 100000000;
		power = 8;
	}
	if (digits >= 10000000000ULL) {
		keep_branch();
		digits /= 100000000;
		power += 8;
	}
	if (digits >= 1000000) {
		keep_branch();
		digits /= 10000;
		power += 4;
	}
	if (digits >= 10000) {
		keep_branch();
		digits /= 100;
		power += 2;
	}
	if (digits >= 1000) {
		keep_branch();
		digits /= 10;
		power += 1;
	}
	if (digits >= 100) {
		keep_branch();
		digits /= 10;
		power += 1;
	}
	return power == 0 ? digits + 1 : 101 + (power - 1) * 90 + (digits - 10);
}

#endif
