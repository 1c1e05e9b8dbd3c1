#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rookery::social {

/// Who may see a post. Numbers are part of the stored format.
enum class Visibility : std::uint8_t {
    kPublic = 0,
    kUnlisted = 1,  ///< as public, but in no public, tag or trend list
    kPrivate = 2,   ///< followers and the mentioned
    kDirect = 3,    ///< the mentioned only
};

/// "public", "unlisted", "private", "direct".
[[nodiscard]] std::string_view to_string(Visibility visibility);
[[nodiscard]] std::optional<Visibility> parse_visibility(std::string_view text);

}  // namespace rookery::social
