#pragma once

#include "base/task.h"
#include "feed/drop_rate.h"
#include "feed/id_stream.h"
#include "feed/item.h"
#include "feed/presenter.h"
#include "social/paging.h"

namespace rookery::feed {

/// The span of ids that a request asks for, with nothing above `horizon`.
[[nodiscard]] Span span_of(const social::PageRequest& request, PostId horizon);

/// Fills one page from streams of ids: filters first and counts afterwards, so that a short page
/// means that there is no more. `repeat_window` > 0 leaves out a boost whose post, or an older
/// boost of it, is among that many older entries of the same list; which entries a page leaves out
/// depends on the list alone, never on where a page begins.
class Collector {
public:
    /// `drops` are those of pages like this one.
    Collector(Presenter& presenter, PageRules rules, std::size_t repeat_window, DropRate& drops)
        : presenter_(presenter),
          rules_(std::move(rules)),
          repeat_window_(repeat_window),
          drops_(drops) {}

    /// `stream` goes down from the top of the page and is not bound below: entries at or under
    /// `since_id` end the page but count as the older entries of a boost.
    [[nodiscard]] Task<Result<CardPage>>
    downwards(IdStream* stream, std::uint64_t since_id, std::size_t limit);

    /// `nearest` goes up from min_id; `older` goes down from min_id, itself included (null when
    /// repeat_window is 0).
    [[nodiscard]] Task<Result<CardPage>>
    upwards(IdStream* nearest, IdStream* older, std::size_t limit);

private:
    /// Appends the visible ones of the next `count` cards of a stream; false at its end.
    [[nodiscard]] Task<Result<bool>> append(IdStream* stream, CardPage* cards, std::size_t count);

    Presenter& presenter_;
    PageRules rules_;
    const std::size_t repeat_window_;
    DropRate& drops_;
};

}  // namespace rookery::feed
