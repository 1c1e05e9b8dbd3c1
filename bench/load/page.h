#pragma once

#include "base/result.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::load {

/// What matters of a post on a page.
struct PageEntry {
    std::string id;
    std::string author;    ///< the account's id
    std::string reply_to;  ///< the id of the post that it answers, or empty
    std::string content;   ///< HTML

    bool operator==(const PageEntry&) const = default;
};

/// Reads a JSON array of Mastodon's Status entities; kInvalid says what is missing.
[[nodiscard]] Result<std::vector<PageEntry>> parse_page(std::string_view body);

/// True if `a` is older than `b`: ids compare by length, then by bytes, as Mastodon's clients do.
[[nodiscard]] bool is_older(std::string_view a, std::string_view b);

/// What the page was asked for.
struct PageBounds {
    std::size_t limit = 20;
    std::string below;  ///< max_id, or empty
    std::string above;  ///< since_id, or empty
};

/// A post that exists, as known from elsewhere than the page.
struct KnownPost {
    std::string id;
    std::string author;
    /// Whether the page must show it; false for a post that came to be while the page was asked for
    /// or that the server may leave out by its rules (an answer to a stranger).
    bool must_show = true;
};

/// The checks of a page. Each returns a complaint in words, or nothing if all is well.
///
/// Newest first, none twice, not more than asked for, and within the bounds.
[[nodiscard]] std::optional<std::string>
check_order(const std::vector<PageEntry>& page, const PageBounds& bounds);
/// Nobody but `allowed` (ids of accounts) wrote any of it.
[[nodiscard]] std::optional<std::string> check_authors(
    const std::vector<PageEntry>& page,
    const std::set<std::string, std::less<>>& allowed
);
/// Exactly the newest of `known` (in any order) within the bounds: none missing, none unknown, and
/// a full page if there are enough.
[[nodiscard]] std::optional<std::string> check_newest(
    const std::vector<PageEntry>& page,
    const PageBounds& bounds,
    std::vector<KnownPost> known
);

}  // namespace rookery::load
