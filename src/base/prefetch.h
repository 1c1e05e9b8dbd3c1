#pragma once

#include <cstddef>
#include <cstdint>

namespace rookery {

/// What a look-up reads, one thing after another: where the key would stand, what stands there, and
/// the object that this refers to.
enum class FetchStep : std::uint8_t { kPlace, kEntry, kValue };
inline constexpr FetchStep kFetchSteps[] = {
    FetchStep::kPlace,
    FetchStep::kEntry,
    FetchStep::kValue
};

/// What processors read from memory at once; where it is another number, a fetch ahead asks for too
/// much or too little and nothing else.
inline constexpr std::size_t kCacheLineBytes = 64;

/// Asks the processor for the lines of `bytes` bytes from `begin` on, which are read a moment
/// later. Reads nothing: what lies there may still be written by others. `begin` is not null unless
/// `bytes` is 0.
inline void prefetch_lines(const void* begin, std::size_t bytes) {
    if (bytes == 0) {
        return;
    }
    const char* const first = static_cast<const char*>(begin);
    for (std::size_t at = 0; at < bytes; at += kCacheLineBytes) {
        __builtin_prefetch(first + at);
    }
    __builtin_prefetch(first + bytes - 1);  // `begin` need not be where a line begins
}

}  // namespace rookery
