#include "feed/source_merge.h"

#include "social/tables.h"

#include <algorithm>
#include <span>

namespace rookery::feed {

namespace tables = social::tables;

namespace {

/// Rows read at once for a hashtag, or for an author whose ring is used up.
constexpr std::size_t kRefillRows = 20;

/// Adds the ring's ids within the span, in its direction.
void add_within(const AuthorRing& ring, Span span, auto& ids) {
    for (std::size_t i = 0; i < ring.count; ++i) {
        const std::uint64_t id = ring.ids.at(i);
        if (id > span.above && id < span.below) {
            ids.push_back(id);
        }
    }
    if (span.upwards) {
        std::reverse(ids.begin(), ids.end());
    }
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
        sources_.push_back(Source{.exhausted = true});
        sources_.back().ids.assign(ready_.begin(), ready_.end());
        push_head(0);
    }
    CO_TRY(const auto rings, co_await rings_.find_many(authors_));
    std::vector<std::uint32_t> used_up;  // of whom the ring says nothing about the span
    for (std::size_t i = 0; i < authors_.size(); ++i) {
        const AuthorRing& ring = rings[i];
        const auto index = static_cast<std::uint32_t>(sources_.size());
        Source& source = sources_.emplace_back(Source{.author = authors_[i]});
        source.exhausted = ring.covers_above(span_.above);
        // Upwards the ring must reach down to the start of the span, or its lowest id is not the
        // next one.
        if (!span_.upwards || source.exhausted) {
            add_within(ring, span_, source.ids);
        }
        if (!source.ids.empty()) {
            push_head(index);
        } else if (source.exhausted) {
            sources_.pop_back();
        } else {
            used_up.push_back(index);
        }
    }
    CO_CHECK(co_await read_used_up(std::move(used_up)));
    for (std::uint32_t tag = 0; tag < tags_.size(); ++tag) {
        sources_.push_back(Source{.tag = tag});
        CO_CHECK(co_await refill(static_cast<std::uint32_t>(sources_.size() - 1)));
    }
    co_return Result<void>{};
}

Task<Result<void>> SourceMerge::read_used_up(std::vector<std::uint32_t> indexes) {
    const bool is_empty_span = span_.below <= span_.above + 1;
    if (indexes.empty() || is_empty_span) {
        co_return Result<void>{};
    }
    std::vector<ports::Range> ranges;
    ranges.reserve(indexes.size());
    for (const std::uint32_t index : indexes) {
        const Index rows{tables::kAuthorPosts, tables::id_bytes(sources_[index].author)};
        ranges.push_back(range_of(rows, span_, kRefillRows));
    }
    CO_TRY(const auto answers, co_await store_.scan_many(std::move(ranges)));
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        Source& source = sources_[indexes[i]];
        for (const ports::Row& row : answers[i]) {
            source.ids.push_back(tables::parse_newest_first(row.sort));
        }
        source.exhausted = answers[i].size() < kRefillRows;
        push_head(indexes[i]);
    }
    co_return Result<void>{};
}

Task<Result<void>> SourceMerge::refill(std::uint32_t index) {
    Source& source = sources_.at(index);
    Span rest = span_;
    if (!source.ids.empty()) {
        (span_.upwards ? rest.above : rest.below) = source.ids.back();
    }
    std::vector<std::uint64_t> ids;
    if (source.author) {
        CO_TRY(ids, co_await rings_.read(source.author, rest, kRefillRows));
    } else {
        CO_TRY(ids, co_await read_tag(source.tag, rest, kRefillRows));
    }
    source.ids.assign(ids.begin(), ids.end());
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

std::vector<std::uint64_t> SourceMerge::take_ready(std::size_t count) {
    const std::span rest = std::span(ready_).subspan(taken_);
    const std::span part = rest.first(std::min(count, rest.size()));
    taken_ += part.size();
    return {part.begin(), part.end()};
}

Task<Result<std::vector<std::uint64_t>>> SourceMerge::next(std::size_t count) {
    if (authors_.empty() && tags_.empty()) {
        co_return take_ready(count);
    }
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
