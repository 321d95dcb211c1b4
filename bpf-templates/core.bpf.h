/* Reading bit-fields of the running kernel's structs, wherever they stand there. */
#ifndef CORE_BPF_H
#define CORE_BPF_H
#include "kask.bpf.h"

enum { FIELD_BYTE_OFFSET = 0, FIELD_BYTE_SIZE = 1, FIELD_LSHIFT_U64 = 4, FIELD_RSHIFT_U64 = 5 };

/* `member` of the struct that `base` points to, without a sign. */
#define read_bit_field(base, member)                                                                           \
	({                                                                                                     \
		u64 bits = 0;                                                                                  \
		bpf_probe_read_kernel(&bits, __builtin_preserve_field_info((base)->member, FIELD_BYTE_SIZE),   \
				      (const char *)(base) +                                                   \
					      __builtin_preserve_field_info((base)->member, FIELD_BYTE_OFFSET)); \
		bits <<= __builtin_preserve_field_info((base)->member, FIELD_LSHIFT_U64);                      \
		bits >> __builtin_preserve_field_info((base)->member, FIELD_RSHIFT_U64);                       \
	})

#endif
