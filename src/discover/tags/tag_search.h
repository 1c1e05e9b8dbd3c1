#pragma once

#include "base/result.h"
#include "base/task.h"
#include "discover/names/name_index.h"
#include "discover/tags/tag_numbers.h"
#include "feed/timelines.h"
#include "social/viewers.h"

#include <cstddef>
#include <string>
#include <vector>

namespace rookery::discover {

struct TagSearchLimits {
    /// Hashtags that are looked at for one page, with those of the pages before.
    std::size_t examined_max = 200;
};

/// Finds hashtags by their beginnings, also mistyped: first the one that was typed whole, then
/// those that the searcher follows, then the most used of late. Only those with a post that the
/// searcher may see and wants to see. Thread-safe.
class TagSearch {
public:
    /// All outlive it.
    TagSearch(
        TagSearchLimits limits,
        feed::Timelines& timelines,
        const TagNumbers& numbers,
        const names::NameIndex& index
    )
        : limits_(limits), timelines_(timelines), numbers_(numbers), index_(index) {}

    /// Tags in their stored form. `text` is as typed, with or without "#"; what is no hashtag
    /// finds nothing. `viewer` is null for those who are not signed in.
    [[nodiscard]] Task<Result<std::vector<std::string>>>
    find(social::ViewerPtr viewer, std::string text, std::size_t offset, std::size_t limit);

private:
    /// Appends those of `tags` that may be shown, until there are `wanted`.
    [[nodiscard]] Task<Result<void>> append_shown(
        social::ViewerPtr viewer,
        std::vector<std::string> tags,
        std::size_t wanted,
        std::vector<std::string>* shown
    );

    const TagSearchLimits limits_;
    feed::Timelines& timelines_;
    const TagNumbers& numbers_;
    const names::NameIndex& index_;
};

}  // namespace rookery::discover
