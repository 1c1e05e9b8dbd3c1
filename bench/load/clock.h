#pragma once

#include <cstdint>
#include <ctime>

namespace rookery::load {

/// Nanoseconds of the monotonic clock.
[[nodiscard]] inline std::int64_t clock_ns() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (time.tv_sec * 1'000'000'000) + time.tv_nsec;
}

/// Nanoseconds of CPU that this thread has used.
[[nodiscard]] inline std::int64_t thread_cpu_ns() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (time.tv_sec * 1'000'000'000) + time.tv_nsec;
}

/// Sleeps until that clock says so.
inline void sleep_until_ns(std::int64_t until_ns) {
    const timespec until{.tv_sec = until_ns / 1'000'000'000, .tv_nsec = until_ns % 1'000'000'000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) != 0) {
    }
}

}  // namespace rookery::load
