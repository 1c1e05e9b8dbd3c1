#pragma once

#include <cstddef>

namespace rookery {

/// What processors read from memory at once; where it is another number, a fetch ahead asks for too
/// much or too little and nothing else.
inline constexpr std::size_t kCacheLineBytes = 64;

/// Asks the processor for the lines of `bytes` bytes from `begin` on, which are read a moment
/// later. Reads nothing: what lies there may still be written by others. `begin` is not null.
inline void prefetch_lines(const void* begin, std::size_t bytes) {
    const char* const first = static_cast<const char*>(begin);
    for (std::size_t at = 0; at < bytes; at += kCacheLineBytes) {
        __builtin_prefetch(first + at);
    }
}

}  // namespace rookery
