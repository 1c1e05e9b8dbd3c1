#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "http/response.h"
#include "social/paging.h"

#include <cstddef>
#include <cstdint>

namespace rookery::api::mastodon {

struct PageSize {
    std::size_t standard;
    std::size_t max;
};
inline constexpr PageSize kStatusPage{20, 40};
inline constexpr PageSize kAccountPage{40, 80};

/// max_id, since_id, min_id and limit of a call. `limit` is clamped to 1..max; an id that is none
/// is kInvalid and named, an empty one counts as absent.
[[nodiscard]] Result<social::PageRequest> parse_page(const Call& call, PageSize size);

/// limit and offset of a list that pages by position.
struct Offset {
    std::size_t limit;
    std::size_t offset;
};
[[nodiscard]] Result<Offset> parse_offset(const Call& call, PageSize size);

/// Adds `Link` to a list that pages by position: next from a full page, prev from any but the
/// first.
void add_offset_links(const Call& call, Offset page, bool full_page, http::Response& response);

/// Adds `Link: <…max_id=last>; rel="next", <…min_id=first>; rel="prev"`: absolute URLs of the
/// call's path with its other query parameters kept (but never a token). For timelines: both on any
/// page that is not empty. `first` and `last` are the cursors of the first and last entry, 0 if the
/// page is empty.
void add_timeline_links(
    const Call& call,
    std::uint64_t first,
    std::uint64_t last,
    http::Response& response
);

/// The same for lists of relations: next only from a full page, and `since_id` for prev.
void add_relation_links(
    const Call& call,
    std::uint64_t first,
    std::uint64_t last,
    bool full_page,
    http::Response& response
);

}  // namespace rookery::api::mastodon
