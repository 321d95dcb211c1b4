/* Division. BPF knows no signed one before its fourth version; what is divided by zero is 1, and is counted. */
#ifndef DIVISION_BPF_H
#define DIVISION_BPF_H
#include "losses.bpf.h"

static __always_inline __unused s64 signed_quotient(s64 a, s64 b)
{
	u64 x = a < 0 ? -(u64)a : a;
	u64 y = b < 0 ? -(u64)b : b;
	u64 q = x / y;

	return (a < 0) != (b < 0) ? -q : q;
}

static __always_inline __unused s64 signed_remainder(s64 a, s64 b)
{
	u64 r = (a < 0 ? -(u64)a : a) % (b < 0 ? -(u64)b : b);

	return a < 0 ? -r : r;
}

static __always_inline __unused u64 checked_quotient(u64 a, u64 b, u32 loss)
{
	if (b)
		return a / b;
	count_loss(loss);
	return 1;
}

static __always_inline __unused u64 checked_remainder(u64 a, u64 b, u32 loss)
{
	if (b)
		return a % b;
	count_loss(loss);
	return 1;
}

static __always_inline __unused s64 checked_signed_quotient(s64 a, s64 b, u32 loss)
{
	if (b)
		return signed_quotient(a, b);
	count_loss(loss);
	return 1;
}

static __always_inline __unused s64 checked_signed_remainder(s64 a, s64 b, u32 loss)
{
	if (b)
		return signed_remainder(a, b);
	count_loss(loss);
	return 1;
}

#endif
