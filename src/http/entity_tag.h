#pragma once

#include "http/response.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::http {

/// Makes weak entity tags (RFC 9110, section 8.8.3) from the bytes of an answer: a
/// multiply-and-fold hash under a key drawn at start, about a tenth of a nanosecond a byte. Nobody
/// who does not know the key can make two answers collide; after a restart clients fetch once more.
class EntityTagger {
public:
    EntityTagger();

    /// E.g. `W/"5f0c81be7e4c9d3a"`.
    [[nodiscard]] std::string tag(const Response& response) const;

private:
    [[nodiscard]] std::uint64_t hash(std::string_view bytes, std::uint64_t seed) const;

    std::array<std::uint64_t, 4> key_;
};

/// If-None-Match (RFC 9110, section 13.1.2): a list of tags compared weakly, or '*'.
[[nodiscard]] bool matches_entity_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace rookery::http
