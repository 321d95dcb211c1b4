/* Counting a map's elements. */
#ifndef MAPS_BPF_H
#define MAPS_BPF_H
#include "kask.bpf.h"

static __unused long count_element(void *map, const void *key, void *value, void *context)
{
	*(u64 *)context += 1;
	return 0;
}

#endif
