#pragma once

#include "base/clock.h"

#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rookery {

/// A 64-bit identifier that does not convert to another kind. 0 means "none".
/// On the wire it is a string of at most 19 decimal digits.
template <class Tag>
struct Id {
    std::uint64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::uint64_t v) : value(v) {}

    constexpr explicit operator bool() const { return value != 0; }
    constexpr auto operator<=>(const Id&) const = default;
};

using AccountId = Id<struct AccountTag>;
using PostId = Id<struct PostTag>;
/// The id of a relation (a follow, a favourite, a block …): what lists of relations page by.
using RelationId = Id<struct RelationTag>;
using NotificationId = Id<struct NotificationTag>;
using AppId = Id<struct AppTag>;
using TokenId = Id<struct TokenTag>;
using ListId = Id<struct ListTag>;

template <class Tag>
[[nodiscard]] std::string to_string(Id<Tag> id) {
    return std::to_string(id.value);
}

/// Parses 1 to 19 decimal digits; anything else, also a value above 2^63-1, is nothing.
[[nodiscard]] inline std::optional<std::uint64_t> parse_id_digits(std::string_view text) {
    std::uint64_t value = 0;
    if (text.empty() || text.size() > 19) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > INT64_MAX) {
        return std::nullopt;
    }
    return value;
}

template <class IdType>
[[nodiscard]] std::optional<IdType> parse_id(std::string_view text) {
    const auto value = parse_id_digits(text);
    return value ? std::optional<IdType>(IdType(*value)) : std::nullopt;
}

/// Ids hold the time of their making: bits 63..22 are milliseconds since kIdEpochMs, 21..16 the
/// node, 15..0 a sequence that starts at a random place each millisecond (so that ids do not leak
/// counts). Hence the order of ids is the order of time, to the millisecond across nodes and
/// exactly on one.
inline constexpr UnixMs kIdEpochMs = 1'704'067'200'000;  // 2024-01-01T00:00:00Z
inline constexpr int kIdTimeShift = 22;

[[nodiscard]] constexpr UnixMs id_time_ms(std::uint64_t id) {
    return static_cast<UnixMs>(id >> kIdTimeShift) + kIdEpochMs;
}

/// The smallest id that an instant can have; times before the epoch give 0.
[[nodiscard]] constexpr std::uint64_t first_id_at(UnixMs time_ms) {
    return time_ms <= kIdEpochMs ? 0
                                 : static_cast<std::uint64_t>(time_ms - kIdEpochMs) << kIdTimeShift;
}

}  // namespace rookery

template <class Tag>
struct std::hash<rookery::Id<Tag>> {
    std::size_t operator()(rookery::Id<Tag> id) const noexcept {
        // Ids of one millisecond differ in their low bits only: mix, or they share buckets.
        std::uint64_t x = id.value * 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(x ^ (x >> 32));
    }
};
