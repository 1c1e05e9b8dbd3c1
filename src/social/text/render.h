#pragma once

#include "base/ids.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social::text {

/// Stands in rendered HTML where the server's public URL goes ("\x01/@bob"), so that stored posts
/// survive a change of the public name. A view replaces it when it renders.
inline constexpr char kBaseUrlMark = '\x01';

/// Usernames, in lower case and each once, that a text mentions as @name or @name@local_host, in
/// order; remote hosts are left as text.
[[nodiscard]] std::vector<std::string>
find_mentions(std::string_view text, std::string_view local_host);

/// Hashtags in lower case (Unicode case folding, NFKC), each once, in order, without '#'.
[[nodiscard]] std::vector<std::string> find_tags(std::string_view text);

struct KnownMention {
    std::string username;  ///< as registered
    AccountId account;
};

/// Plain text to safe HTML of p, br, span and a only, as Mastodon renders it: paragraphs, line
/// breaks, links in three spans, mentions of `mentions`, hashtags. Everything else is escaped.
[[nodiscard]] std::string render_html(
    std::string_view text,
    const std::vector<KnownMention>& mentions,
    std::string_view local_host
);

/// Length as Mastodon counts: grapheme clusters (Unicode UAX #29), each URL as 23, "@user@host" as
/// "@user".
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// UTF-8 made well-formed, control characters but \n removed, \r\n to \n, ends trimmed.
[[nodiscard]] std::string normalize_input(std::string_view text);

}  // namespace rookery::social::text
