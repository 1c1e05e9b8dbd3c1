#include "social/sessions.h"

#include <algorithm>
#include <array>

namespace rookery::social {

namespace {

/// The scopes of Mastodon 4.5.
constexpr auto kScopes = std::to_array<std::string_view>({
    "profile",
    "follow",
    "push",
    "read",
    "read:accounts",
    "read:blocks",
    "read:bookmarks",
    "read:collections",
    "read:favourites",
    "read:filters",
    "read:follows",
    "read:lists",
    "read:me",
    "read:mutes",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write",
    "write:accounts",
    "write:blocks",
    "write:bookmarks",
    "write:collections",
    "write:conversations",
    "write:favourites",
    "write:filters",
    "write:follows",
    "write:lists",
    "write:media",
    "write:mutes",
    "write:notifications",
    "write:reports",
    "write:statuses",
    "admin:read",
    "admin:read:accounts",
    "admin:read:canonical_email_blocks",
    "admin:read:domain_allows",
    "admin:read:domain_blocks",
    "admin:read:email_domain_blocks",
    "admin:read:ip_blocks",
    "admin:read:reports",
    "admin:write",
    "admin:write:accounts",
    "admin:write:canonical_email_blocks",
    "admin:write:domain_allows",
    "admin:write:domain_blocks",
    "admin:write:email_domain_blocks",
    "admin:write:ip_blocks",
    "admin:write:reports",
});

constexpr auto kCoveredByFollow = std::to_array<std::string_view>({
    "read:blocks",
    "read:follows",
    "read:mutes",
    "write:blocks",
    "write:follows",
    "write:mutes",
});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

/// True if `test` holds for every word of a space-separated list.
template <class Test>
bool all_words(std::string_view words, Test test) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        const std::string_view word = words.substr(0, end);
        if (!word.empty() && !test(word)) {
            return false;
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return true;
}

bool word_covers(std::string_view granted, std::string_view needed) {
    const bool is_above = needed.size() > granted.size() && needed.starts_with(granted) &&
                          needed[granted.size()] == ':';
    return granted == needed || is_above ||
           (granted == "follow" && contains(kCoveredByFollow, needed));
}

}  // namespace

bool scope_covers(std::string_view granted, std::string_view needed) {
    return !all_words(granted, [&](std::string_view word) { return !word_covers(word, needed); });
}

bool scopes_within(std::string_view asked, std::string_view allowed) {
    return all_words(asked, [&](std::string_view word) { return scope_covers(allowed, word); });
}

bool scopes_known(std::string_view scopes) {
    return all_words(scopes, [](std::string_view word) { return contains(kScopes, word); });
}

}  // namespace rookery::social
