#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery::discover {

/// The ids that posts of one day (UTC) may have: [first, behind).
struct DayIds {
    std::uint64_t first = 0;
    std::uint64_t behind = 0;
};

/// Of "2026-01-31"; nothing if there is no such day.
[[nodiscard]] std::optional<DayIds> ids_of_day(std::string_view date);

}  // namespace rookery::discover
