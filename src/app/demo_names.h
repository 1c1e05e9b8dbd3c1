#pragma once

#include <span>
#include <string_view>

namespace rookery::app::demo {

/// Names of one part of the world, freely combined: lists with spaces between. Where a name is not
/// plain ASCII, what a username takes from it follows a slash: "Łukasz/lukasz".
struct Culture {
    std::string_view language;  ///< ISO 639-1, of the posts that are not in English
    bool family_first;
    std::string_view given;
    std::string_view family;
};

[[nodiscard]] std::span<const Culture> cultures();

/// Places that people give as their home: a list with '|' between.
[[nodiscard]] std::string_view towns();

}  // namespace rookery::app::demo
