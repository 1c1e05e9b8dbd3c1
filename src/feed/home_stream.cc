#include "feed/home_stream.h"

#include <algorithm>
#include <utility>

namespace rookery::feed {

namespace {

Span above_floor(Span span, std::uint64_t floor) {
    span.above = std::max(span.above, floor == 0 ? 0 : floor - 1);
    return span;
}

}  // namespace

HomeStream::HomeStream(
    ports::Store& store,
    AuthorRings& rings,
    AllAuthors authors,
    std::vector<std::string> tags,
    Span span,
    Inboxes::Snapshot inbox,
    std::vector<AccountId> pulled,
    metrics::Counter& merged
)
    : store_(store),
      rings_(rings),
      merged_(merged),
      authors_(std::move(authors)),
      tags_(std::move(tags)),
      rest_(span),
      floor_(inbox.floor),
      recent_(
          store,
          rings,
          Sources{std::move(pulled), tags_},
          above_floor(span, inbox.floor),
          std::move(inbox.ids)
      ) {}

Task<Result<std::vector<std::uint64_t>>> HomeStream::next(std::size_t count) {
    if (!deep_) {
        CO_TRY(auto ids, co_await recent_.next(count));
        if (!ids.empty() || floor_ <= rest_.above + 1) {
            co_return ids;
        }
        rest_.below = std::min(rest_.below, floor_);
        Sources everything{.authors = authors_(), .tags = std::move(tags_)};
        merged_.add(everything.authors.size());
        deep_ = std::make_unique<SourceMerge>(store_, rings_, std::move(everything), rest_);
    }
    co_return co_await deep_->next(count);
}

}  // namespace rookery::feed
