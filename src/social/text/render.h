#pragma once

#include "base/ids.h"

#include <cstddef>
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

/// Hashtags as normalize_tag makes them, each once, in order, without '#'.
[[nodiscard]] std::vector<std::string> find_tags(std::string_view text);

/// A longer tag is left as text: a tag names a partition of the store, which has this limit.
inline constexpr std::size_t kTagBytesMax = 255;

/// The one form of a tag that was typed without '#': NFKC and case folding, nothing but letters,
/// marks, digits, '_' and middle dots. Empty if it cannot be a tag.
[[nodiscard]] std::string normalize_tag(std::string_view name);

/// Where a normalized tag is shown, below the public URL: "/tags/caf%C3%A9".
[[nodiscard]] std::string tag_path(std::string_view tag);

struct KnownMention {
    std::string username;  ///< as registered
    AccountId account;
};

/// Plain text to safe HTML of p, br, span and a only, as Mastodon renders it: paragraphs, line
/// breaks, links in three spans, mentions of `mentions`, hashtags. Everything else is escaped.
/// Empty for an empty text. Takes time linear in the text, whatever it is.
[[nodiscard]] std::string render_html(
    std::string_view text,
    const std::vector<KnownMention>& mentions,
    std::string_view local_host
);

/// The same for a value of a profile's field: one line without p and br, and the links say that
/// they are the account's own (rel="me").
[[nodiscard]] std::string render_line_html(
    std::string_view text,
    const std::vector<KnownMention>& mentions,
    std::string_view local_host
);

/// Length as Mastodon counts: grapheme clusters (Unicode UAX #29), each URL as 23, "@user@host" as
/// "@user".
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// UTF-8 made well-formed, \r\n and \r to \n, tabs to spaces, all other control characters (and so
/// kBaseUrlMark) removed, white space trimmed from both ends.
[[nodiscard]] std::string normalize_input(std::string_view text);

}  // namespace rookery::social::text
