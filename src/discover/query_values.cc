#include "discover/query_values.h"

#include "discover/post_terms.h"

#include <algorithm>
#include <array>

namespace rookery::discover {

namespace {

struct Property {
    std::string_view key;
    std::string_view value;
    std::string_view term;
};

constexpr auto kProperties = std::to_array<Property>({
    {"has", "media", terms::kHasMedia},
    {"has", "poll", terms::kHasPoll},
    {"has", "link", terms::kHasLink},
    {"has", "embed", terms::kHasLink},
    {"is", "reply", terms::kIsReply},
    {"is", "sensitive", terms::kIsSensitive},
});

}  // namespace

std::optional<std::string_view> property_term(std::string_view key, std::string_view value) {
    const auto* const found = std::ranges::find_if(kProperties, [&](const Property& property) {
        return property.key == key && property.value == value;
    });
    return found == kProperties.end() ? std::nullopt : std::optional(found->term);
}

std::optional<PostScope> scope_of(std::string_view value) {
    if (value == "all") {
        return PostScope::kAll;
    }
    if (value == "public") {
        return PostScope::kPublic;
    }
    return value == "library" ? std::optional(PostScope::kLibrary) : std::nullopt;
}

}  // namespace rookery::discover
