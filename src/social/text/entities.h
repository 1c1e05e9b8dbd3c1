#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rookery::social::text {

/// A part of a text that is more than characters: text[begin, end).
struct Entity {
    enum class Kind : std::uint8_t { kUrl, kMention, kTag };

    Kind kind = Kind::kUrl;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view name;  ///< of a mention without '@' and host; of a tag as typed, without '#'
    std::string_view host;  ///< of a mention; empty if none was typed
};

/// URLs, mentions and hashtags in order, none overlapping another, by Mastodon's rules. Views point
/// into `text`. Takes time linear in the text.
[[nodiscard]] std::vector<Entity> find_entities(std::string_view text, std::string_view local_host);

/// True for a mention of somebody who may be here: a possible username and no other host.
[[nodiscard]] bool is_local_mention(const Entity& entity, std::string_view local_host);

}  // namespace rookery::social::text
