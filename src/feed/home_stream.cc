#include "feed/home_stream.h"

#include <algorithm>
#include <utility>

namespace rookery::feed {

HomeStream::HomeStream(
    Shared shared,
    AccountId reader,
    AllAuthors authors,
    std::vector<std::string> tags,
    Span span,
    Inboxes::Snapshot inbox,
    std::vector<AccountId> pending
)
    : shared_(shared),
      reader_(reader),
      authors_(std::move(authors)),
      tags_(std::move(tags)),
      pending_(std::move(pending)),
      rest_(span) {
    begin_part(std::move(inbox));
}

void HomeStream::begin_part(Inboxes::Snapshot inbox) {
    floor_ = inbox.floor;
    Span span = rest_;
    span.above = std::max(span.above, floor_ == 0 ? 0 : floor_ - 1);
    Sources sources{.authors = inbox.pulled_and(pending_), .tags = tags_};
    shared_.merged.add(sources.authors.size());
    part_.emplace(shared_.store, shared_.rings, std::move(sources), span, std::move(inbox.ids));
}

void HomeStream::begin_next_part() {
    rest_.below = std::min(rest_.below, floor_);
    auto inbox = shared_.inboxes.read(reader_, rest_);
    if (inbox && inbox->floor < rest_.below) {
        begin_part(std::move(*inbox));
        return;
    }
    floor_ = 0;
    Sources everything{.authors = authors_(), .tags = tags_};
    shared_.merged.add(everything.authors.size());
    part_.emplace(shared_.store, shared_.rings, std::move(everything), rest_);
}

Task<Result<std::vector<std::uint64_t>>> HomeStream::next(std::size_t count) {
    for (;;) {
        CO_TRY(auto ids, co_await part_->next(count));
        if (!ids.empty() || floor_ <= rest_.above + 1) {
            co_return ids;
        }
        begin_next_part();
    }
}

}  // namespace rookery::feed
