#pragma once

#include "base/result.h"
#include "load/histogram.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::load {

struct FreshnessOptions {
    std::string target = "http://127.0.0.1:8080";
    std::string tokens;
    std::string json;
    std::vector<std::uint64_t> followers = {10, 100, 1000};
    std::size_t readers = 100;
    std::size_t posts = 5;
    bool celebrity = false;
};

struct Author {
    std::size_t person = 0;
    std::uint64_t followers = 0;
    std::vector<std::size_t> readers;
};

/// What the posts of one author came to. Times count from when the post was sent.
struct Freshness {
    Author author;
    Histogram acknowledged;
    Histogram seen;           ///< the first home page with it was complete
    std::uint64_t stale = 0;  ///< home pages asked for after the acknowledgement, without it
    std::uint64_t never = 0;  ///< readers who had not seen it after ten seconds
};

/// Posts as authors with about the wanted numbers of followers, and follows each post until its
/// readers have it on their home pages.
[[nodiscard]] Result<std::vector<Freshness>> measure_freshness(const FreshnessOptions& options);

}  // namespace rookery::load
