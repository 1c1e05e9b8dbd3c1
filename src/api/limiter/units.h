#pragma once

#include "limits/quota.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery::api::limiter {

/// Units of time as Envoy counts them; the numbers are those of its protocol.
enum class Unit : std::uint8_t {
    kUnknown = 0,
    kSecond = 1,
    kMinute = 2,
    kHour = 3,
    kDay = 4,
    kMonth = 5,
    kYear = 6,
    kWeek = 7
};

/// "minute", "MINUTE": the letters' case does not matter. Nothing for any other word.
[[nodiscard]] std::optional<Unit> unit_of(std::string_view name);
/// In capitals, as the protocol writes it.
[[nodiscard]] std::string_view name_of(Unit unit);
/// A month is 30 days and a year 365, as in Envoy's own service. Not for kUnknown.
[[nodiscard]] limits::Nanos length_of(Unit unit);
/// The unit that is so long; kUnknown if none is.
[[nodiscard]] Unit unit_of_length(limits::Nanos length);

/// "1500ms", "10s", "5m", "2h", "7d": a whole number above 0 and its unit. Nothing if it is no such
/// text or too long to be counted.
[[nodiscard]] std::optional<limits::Nanos> parse_duration(std::string_view text);

}  // namespace rookery::api::limiter
