/* Counting a map's elements. The number is kept in a map's memory: on the stack the verifier would follow each step. */
#ifndef MAPS_BPF_H
#define MAPS_BPF_H
#include "kask.bpf.h"

static __unused long count_element(void *map, const void *key, void *value, void *context)
{
	u64 **count = context;

	**count += 1;
	return 0;
}

#endif
