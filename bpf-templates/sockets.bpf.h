/* Sockets. */
#ifndef SOCKETS_BPF_H
#define SOCKETS_BPF_H
#include "kask.bpf.h"

static u64 (*bpf_get_socket_cookie)(void *socket) = (void *)46;

#endif
