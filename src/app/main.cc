#include "app/command_line.h"

/// What jemalloc starts with, unless the environment's MALLOC_CONF says otherwise. Pages of 2 MB:
/// a page of the home feed is put together from all over the heap, and looking up where small
/// pages lie was a tenth of its cost. Few arenas, each of which keeps some 2 MB pages of its own.
/// Threads keep blocks of up to 64 KB for themselves: a page of 20 posts is one of some 32 KB.
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "thp:always,narenas:4,lg_tcache_max:16";
}

int main(int argc, char** argv) {
    return rookery::app::run_command_line(argc, argv);
}
