#pragma once

#include "base/result.h"
#include "base/task.h"
#include "ports/store.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::feed {

/// Post ids in one direction. Used by one coroutine at a time.
class IdStream {
public:
    virtual ~IdStream() = default;

    /// The next ids, about `count` of them; an empty answer is the end.
    [[nodiscard]] virtual Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) = 0;
};

/// The part of a list of ids that a page is cut from: ids in (above, below), going down from
/// `below`, or going up from `above`.
struct Span {
    std::uint64_t above = 0;
    std::uint64_t below = INT64_MAX;
    bool upwards = false;
};

/// One partition of an index whose sort keys are `tables::newest_first(id)`.
struct Index {
    ports::Table table{};
    std::string partition;
};

/// What scans an index within a span that is not empty, in the span's direction.
[[nodiscard]] ports::Range range_of(Index index, Span span, std::size_t limit);

/// Rows of one index within a span, in the span's direction, at most `limit`.
[[nodiscard]] Task<Result<std::vector<ports::Row>>>
scan_index(ports::Store* store, Index index, Span span, std::size_t limit);
/// Their ids alone.
[[nodiscard]] Task<Result<std::vector<std::uint64_t>>>
scan_ids(ports::Store* store, Index index, Span span, std::size_t limit);

/// Streams one index. `accepts` sees each row's value and may refuse it (null: all are taken).
class IndexStream final : public IdStream {
public:
    using Accepts = std::function<bool(std::string_view value)>;

    IndexStream(ports::Store& store, Index index, Span span, Accepts accepts);

    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>> next(std::size_t count) override;

private:
    ports::Store& store_;
    Index index_;
    Span rest_;
    Accepts accepts_;
    bool ended_ = false;
};

}  // namespace rookery::feed
