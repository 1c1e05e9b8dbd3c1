#include "discover/names/entry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rookery::discover::names {

std::uint8_t rank_of(std::int64_t number) {
    constexpr double kStep = 1.1;
    const double steps =
        std::log1p(static_cast<double>(std::max<std::int64_t>(number, 0))) / std::log(kStep);
    return static_cast<std::uint8_t>(
        std::min(steps, static_cast<double>(std::numeric_limits<std::uint8_t>::max()))
    );
}

}  // namespace rookery::discover::names
