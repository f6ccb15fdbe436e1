#pragma once

#include <malloc.h>

/// Octets that the process has allocated and not freed, by whatever thread.
static inline size_t cheap_allocated_octets(void) {
    struct mallinfo2 information = mallinfo2();
    return information.uordblks + information.hblkhd;
}
