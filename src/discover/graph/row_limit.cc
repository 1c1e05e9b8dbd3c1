#include "discover/graph/row_limit.h"

#include <algorithm>

namespace rookery::discover {

std::size_t follows_of_one(std::span<const std::uint32_t> follows, std::uint64_t edges_max) {
    const auto kept = [follows](std::uint64_t limit) {
        std::uint64_t sum = 0;
        for (const std::uint32_t count : follows) {
            sum += std::min<std::uint64_t>(count, limit);
        }
        return sum;
    };
    if (kept(kAllFollows) <= edges_max) {
        return kAllFollows;
    }
    std::uint64_t fits = 1;
    std::uint64_t exceeds = kAllFollows;
    while (exceeds - fits > 1) {
        const std::uint64_t middle = fits + ((exceeds - fits) / 2);
        (kept(middle) <= edges_max ? fits : exceeds) = middle;
    }
    return fits;
}

}  // namespace rookery::discover
