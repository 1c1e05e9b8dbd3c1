#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "http/response.h"
#include "social/follows.h"
#include "social/paging.h"

#include <functional>
#include <vector>

namespace rookery::api::mastodon {

/// One page of a list of relations, e.g. Follows::followers of somebody.
using RelationSource =
    std::function<Task<Result<std::vector<social::RelationEntry>>>(social::PageRequest)>;

struct RelationList {
    std::vector<social::RelationEntry> entries;  ///< newest first
    std::vector<social::AccountPtr> accounts;    ///< of each entry
    bool full_page = false;
};

/// Which people are left out of a list.
enum class LeftOut {
    kSuspended,
    kSuspendedAndBlocked,  ///< also whom the caller blocks or is blocked by
};

/// Reads on until the page is full after filtering, since a short page reads as the end.
[[nodiscard]] Task<Result<RelationList>>
read_relations(Call call, RelationSource source, social::PageRequest page, LeftOut left_out);

/// The page as an array of Account entities with Link headers.
[[nodiscard]] Task<Result<http::Response>> answer_relations(Call call, RelationList list);

/// parse_page (of accounts), read_relations and answer_relations.
[[nodiscard]] Task<Result<http::Response>>
answer_relations_of(Call call, RelationSource source, LeftOut left_out);

}  // namespace rookery::api::mastodon
