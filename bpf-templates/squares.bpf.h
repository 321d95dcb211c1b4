/* Sums of squares, for the standard deviation. */
#ifndef SQUARES_BPF_H
#define SQUARES_BPF_H
#include "kask.bpf.h"

/* cell: sum, count, and the low and high words of the sum of the squares. Squares of nanoseconds do not fit 64 bits. */
static __always_inline void add_square(u64 *cell, s64 value)
{
	u64 size = value < 0 ? -(u64)value : value;
	u64 low = size & 0xffffffff;
	u64 high = size >> 32;
	u64 middle = low * high;
	u64 square = low * low;
	u64 carried = square + (middle << 33);

	cell[0] += value;
	cell[1] += 1;
	cell[2] += carried;
	cell[3] += high * high + (middle >> 31) + (carried < square) + (cell[2] < carried);
}

#endif
