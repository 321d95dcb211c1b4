/*
 * Maps whose elements keep their places: deleting one writes zero over it and says that it is gone, which spares taking it
 * out of the table and putting it in again: some 40 % of what a latency by thread adds. An element is { value, state }.
 */
#ifndef KEPT_PLACES_BPF_H
#define KEPT_PLACES_BPF_H
#include "kask.bpf.h"

enum {
	PLACE_EMPTY = 0,
	PLACE_TAKEN = 1,
	/* Empty since the search for room before this one. */
	PLACE_IDLE = 2,

	MAP_IS_FULL = -7,
	/* A search that frees less than one place of so many is not worth its time. */
	FEW_OF = 16,
};

/* Per CPU. The number is here and not on the stack, where the verifier would follow each of its steps. */
struct search {
	/* New keys to refuse unheard. */
	u64 pause;
	u64 freed;
};

/*
 * A thread that is busy may take its place again at any moment, on another CPU. Only what has stayed empty from one
 * search to the next is taken out, so that hardly any can.
 */
static __unused long free_idle_place(void *map, const void *key, u64 *element, struct search **search)
{
	if (element[1] == PLACE_EMPTY) {
		__sync_val_compare_and_swap(&element[1], PLACE_EMPTY, PLACE_IDLE);
	} else if (element[1] == PLACE_IDLE) {
		bpf_map_delete_elem(map, key);
		(*search)->freed += 1;
	}
	return 0;
}

/*
 * Each map has a function of its own around this: kernels before 6.10 refuse a program in which one call of
 * bpf_for_each_map_elem() is reached with different maps.
 *
 * Puts a new key into the map; where that is full, makes room first, unless that hardly helped the last time: then some
 * keys are refused unheard, no more than a search must free to be worth its time. Zero, or -errno.
 */
static __always_inline int take_place(void *map, void *searches, const void *key, const u64 *element)
{
	/* An int: before 6.4 the upper half of what a hash map returns is not defined. */
	int status = bpf_map_update_elem(map, key, element, BPF_ANY);
	struct search *search;
	u64 places;

	if (status != MAP_IS_FULL)
		return status;
	search = bpf_map_lookup_elem(searches, &(u32){ 0 });
	if (!search)
		return status;
	if (search->pause) {
		search->pause -= 1;
		return status;
	}
	search->freed = 0;
	places = bpf_for_each_map_elem(map, free_idle_place, &search, 0);
	if (search->freed * FEW_OF < places)
		bpf_for_each_map_elem(map, free_idle_place, &search, 0);
	if (search->freed * FEW_OF < places)
		search->pause = places / FEW_OF;
	return bpf_map_update_elem(map, key, element, BPF_ANY);
}

#endif
