#include "api/limiter/units.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace rookery::api::limiter {

namespace {

struct NamedUnit {
    Unit unit;
    std::string_view name;
    limits::Nanos length;
};

constexpr limits::Nanos kDay = 86'400 * limits::kSecond;
constexpr std::array<NamedUnit, 7> kUnits{{
    {Unit::kSecond, "SECOND", limits::kSecond},
    {Unit::kMinute, "MINUTE", 60 * limits::kSecond},
    {Unit::kHour, "HOUR", 3600 * limits::kSecond},
    {Unit::kDay, "DAY", kDay},
    {Unit::kWeek, "WEEK", 7 * kDay},
    {Unit::kMonth, "MONTH", 30 * kDay},
    {Unit::kYear, "YEAR", 365 * kDay},
}};

struct Suffix {
    std::string_view text;
    limits::Nanos length;
};

constexpr std::array<Suffix, 5> kSuffixes{{
    {"ms", limits::kSecond / 1000},
    {"s", limits::kSecond},
    {"m", 60 * limits::kSecond},
    {"h", 3600 * limits::kSecond},
    {"d", kDay},
}};

}  // namespace

std::optional<Unit> unit_of(std::string_view name) {
    const auto* const found = std::ranges::find_if(kUnits, [&](const NamedUnit& unit) {
        return ascii_iequals(unit.name, name);
    });
    return found == kUnits.end() ? std::nullopt : std::optional(found->unit);
}

std::string_view name_of(Unit unit) {
    const auto* const found = std::ranges::find(kUnits, unit, &NamedUnit::unit);
    return found == kUnits.end() ? "UNKNOWN" : found->name;
}

limits::Nanos length_of(Unit unit) {
    const auto* const found = std::ranges::find(kUnits, unit, &NamedUnit::unit);
    return found == kUnits.end() ? 0 : found->length;
}

Unit unit_of_length(limits::Nanos length) {
    const auto* const found = std::ranges::find(kUnits, length, &NamedUnit::length);
    return found == kUnits.end() ? Unit::kUnknown : found->unit;
}

std::optional<limits::Nanos> parse_duration(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number <= 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const auto* const suffix = std::ranges::find(kSuffixes, text, &Suffix::text);
    if (suffix == kSuffixes.end() || number > limits::kPeriodMax / suffix->length) {
        return std::nullopt;
    }
    return number * suffix->length;
}

}  // namespace rookery::api::limiter
