#include "feed/source_merge.h"

#include "social/tables.h"

#include <algorithm>

namespace rookery::feed {

namespace tables = social::tables;

namespace {

/// Rows read at once for a hashtag, or for an author whose ring is used up.
constexpr std::size_t kRefillRows = 20;

/// The ring's ids within the span, in its direction.
std::vector<std::uint64_t> ids_within(const AuthorRing& ring, Span span) {
    std::vector<std::uint64_t> ids;
    ids.reserve(ring.count);
    for (std::size_t i = 0; i < ring.count; ++i) {
        const std::uint64_t id = ring.ids.at(i);
        if (id > span.above && id < span.below) {
            ids.push_back(id);
        }
    }
    if (span.upwards) {
        std::reverse(ids.begin(), ids.end());
    }
    return ids;
}

}  // namespace

SourceMerge::SourceMerge(
    ports::Store& store,
    AuthorRings& rings,
    Sources sources,
    Span span,
    std::vector<std::uint64_t> ready
)
    : store_(store),
      rings_(rings),
      authors_(std::move(sources.authors)),
      tags_(std::move(sources.tags)),
      span_(span),
      ready_(std::move(ready)) {}

Task<Result<void>> SourceMerge::start() {
    started_ = true;
    sources_.reserve(authors_.size() + tags_.size() + 1);
    if (!ready_.empty()) {
        CO_CHECK(co_await open(Source{.ids = std::move(ready_), .exhausted = true}));
    }
    for (const AccountId author : authors_) {
        CO_TRY(const AuthorRing ring, co_await rings_.find(author));
        Source source{.author = author};
        source.exhausted = ring.covers_above(span_.above);
        // Upwards the ring must reach down to the start of the span, or its lowest id is not the
        // next one.
        if (!span_.upwards || source.exhausted) {
            source.ids = ids_within(ring, span_);
        }
        CO_CHECK(co_await open(std::move(source)));
    }
    for (std::uint32_t tag = 0; tag < tags_.size(); ++tag) {
        CO_CHECK(co_await open(Source{.tag = tag}));
    }
    co_return Result<void>{};
}

Task<Result<void>> SourceMerge::open(Source source) {
    const auto index = static_cast<std::uint32_t>(sources_.size());
    const bool needs_rows = source.ids.empty() && !source.exhausted;
    if (source.ids.empty() && source.exhausted) {
        co_return Result<void>{};
    }
    sources_.push_back(std::move(source));
    if (needs_rows) {
        CO_CHECK(co_await refill(index));
    } else {
        push_head(index);
    }
    co_return Result<void>{};
}

Task<Result<void>> SourceMerge::refill(std::uint32_t index) {
    Source& source = sources_.at(index);
    Span rest = span_;
    if (!source.ids.empty()) {
        (span_.upwards ? rest.above : rest.below) = source.ids.back();
    }
    if (source.author) {
        CO_TRY(source.ids, co_await rings_.read(source.author, rest, kRefillRows));
    } else {
        CO_TRY(source.ids, co_await read_tag(source.tag, rest, kRefillRows));
    }
    source.position = 0;
    source.exhausted = source.ids.size() < kRefillRows;
    push_head(index);
    co_return Result<void>{};
}

Task<Result<std::vector<std::uint64_t>>>
SourceMerge::read_tag(std::uint32_t tag, Span span, std::size_t limit) {
    Index index{tables::kTagPosts, tags_[tag]};
    co_return co_await scan_ids(&store_, std::move(index), span, limit);
}

void SourceMerge::push_head(std::uint32_t index) {
    const Source& source = sources_.at(index);
    if (source.position < source.ids.size()) {
        heads_.emplace_back(source.ids[source.position], index);
        std::push_heap(heads_.begin(), heads_.end(), [this](const Head& a, const Head& b) {
            return later(a, b);
        });
    }
}

Task<Result<std::vector<std::uint64_t>>> SourceMerge::next(std::size_t count) {
    if (!started_) {
        CO_CHECK(co_await start());
    }
    std::vector<std::uint64_t> out;
    out.reserve(count);
    while (out.size() < count && !heads_.empty()) {
        std::pop_heap(heads_.begin(), heads_.end(), [this](const Head& a, const Head& b) {
            return later(a, b);
        });
        const auto [id, index] = heads_.back();
        heads_.pop_back();
        if (id != last_) {
            out.push_back(id);
            last_ = id;
        }
        Source& source = sources_.at(index);
        ++source.position;
        if (source.position < source.ids.size()) {
            push_head(index);
        } else if (!source.exhausted) {
            CO_CHECK(co_await refill(index));
        }
    }
    co_return out;
}

}  // namespace rookery::feed
