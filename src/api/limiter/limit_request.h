#pragma once

#include "api/limiter/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::api::limiter {

/// A key and what it is in a request: ("remote_address", "192.0.2.1"). The texts belong to whoever
/// made the request, and outlive its decision.
struct Entry {
    std::string_view key;
    std::string_view value;
};

/// A limit that a request brings with it.
struct Override {
    std::uint32_t requests_per_unit = 0;
    Unit unit = Unit::kUnknown;

    bool operator==(const Override&) const = default;
};

/// What one limit is looked for by, and what is counted: a path of entries.
struct Descriptor {
    std::vector<Entry> entries;
    std::optional<Override> limit;      ///< in place of the configured one
    std::optional<std::uint64_t> hits;  ///< in place of the request's
};

/// A question, by whatever protocol it came: may this go on? All descriptors are limited, and
/// decided as one.
struct LimitRequest {
    std::string_view domain;
    std::vector<Descriptor> descriptors;
    std::uint64_t hits = 1;  ///< what it costs
};

/// The entries as one text that no other entries have: "key=value,key=value", in which a backslash
/// stands before each of the three signs that means nothing.
void append_entries(const std::vector<Entry>& entries, std::string& out);
void append_escaped(std::string_view text, std::string& out);

}  // namespace rookery::api::limiter
