/* What a bucket of a histogram or time series holds on each CPU. */
#ifndef BUCKETS_BPF_H
#define BUCKETS_BPF_H
#include "kask.bpf.h"

struct bucket {
	u64 count;
	s64 sum;
};

#endif
