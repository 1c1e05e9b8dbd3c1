#include "discover/query_days.h"

#include "base/ids.h"

#include <charconv>
#include <chrono>
#include <limits>

namespace rookery::discover {

namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number =
        error == std::errc{} && end == text.data() + text.size() && text.front() != '-';
    return is_number ? std::optional(value) : std::nullopt;
}

/// first_id_at(), but for times that no id reaches.
std::uint64_t id_at(std::chrono::sys_days day) {
    constexpr UnixMs kEnd = kIdEpochMs + (UnixMs(1) << (63 - kIdTimeShift));
    const UnixMs ms = std::chrono::milliseconds(day.time_since_epoch()).count();
    return ms < kEnd ? first_id_at(ms) : std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

std::optional<DayIds> ids_of_day(std::string_view date) {
    if (date.size() != 10 || date[4] != '-' || date[7] != '-') {
        return std::nullopt;
    }
    const auto year = digits(date.substr(0, 4));
    const auto month = digits(date.substr(5, 2));
    const auto day = digits(date.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day found{
        std::chrono::year(*year),
        std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))
    };
    if (!found.ok()) {
        return std::nullopt;
    }
    const std::chrono::sys_days begin(found);
    return DayIds{.first = id_at(begin), .behind = id_at(begin + std::chrono::days(1))};
}

}  // namespace rookery::discover
