#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rookery::discover::names {

/// What somebody, or a hashtag, is found by. All words are folded; none is empty.
struct Entry {
    std::uint64_t id = 0;  ///< not 0
    std::string handle;    ///< not empty
    std::vector<std::string> names;
    std::vector<std::string> bio;
    /// Found by the beginning of the handle alone, but by those whose Neighbour says otherwise.
    bool hidden = false;
    std::uint8_t rank = 0;  ///< rank_of(followers)

    bool operator==(const Entry&) const = default;
};

/// A number in steps of a tenth: what grows by less keeps its rank. 0 for 0.
[[nodiscard]] std::uint8_t rank_of(std::int64_t number);

}  // namespace rookery::discover::names
