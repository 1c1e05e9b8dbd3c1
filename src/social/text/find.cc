#include "base/encoding.h"
#include "social/text/entities.h"
#include "social/text/render.h"
#include "social/text/unicode.h"

#include <unordered_set>

namespace rookery::social::text {

namespace {

/// Keeps the first of equal strings.
class Distinct {
public:
    void add(std::string value) {
        if (seen_.insert(value).second) {
            in_order_.push_back(std::move(value));
        }
    }
    std::vector<std::string> take() { return std::move(in_order_); }

private:
    std::unordered_set<std::string> seen_;
    std::vector<std::string> in_order_;
};

}  // namespace

std::vector<std::string> find_mentions(std::string_view text, std::string_view local_host) {
    Distinct names;
    for (const Entity& entity : find_entities(text, local_host)) {
        if (is_local_mention(entity, local_host)) {
            names.add(ascii_lower(entity.name));
        }
    }
    return names.take();
}

std::vector<std::string> find_tags(std::string_view text) {
    Distinct tags;
    for (const Entity& entity : find_entities(text, {})) {
        if (entity.kind != Entity::Kind::kTag) {
            continue;
        }
        std::string tag = normalize_tag(entity.name);
        if (!tag.empty()) {
            tags.add(std::move(tag));
        }
    }
    return tags.take();
}

std::string normalize_tag(std::string_view name) {
    std::string tag = fold_tag(name);
    return tag.size() <= kTagBytesMax ? tag : std::string();
}

std::string tag_path(std::string_view tag) {
    return "/tags/" + percent_encode(tag);
}

}  // namespace rookery::social::text
