#include "social/visibility.h"

#include <array>

namespace rookery::social {

namespace {
constexpr std::array<std::string_view, 4> kNames{"public", "unlisted", "private", "direct"};
}

std::string_view to_string(Visibility visibility) {
    return kNames.at(static_cast<std::size_t>(visibility));
}

std::optional<Visibility> parse_visibility(std::string_view text) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames.at(i) == text) {
            return static_cast<Visibility>(i);
        }
    }
    return std::nullopt;
}

}  // namespace rookery::social
