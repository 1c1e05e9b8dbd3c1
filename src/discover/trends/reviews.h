#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "discover/trends/trend.h"
#include "ports/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::trends {

/// What a moderator decided about something that trends, for good.
struct ReviewRow {
    Review review = Review::kNone;
    AccountId moderator;
    UnixMs at_ms = 0;
    std::string name;  ///< of a tag or link: ids do not tell

    bool operator==(const ReviewRow&) const = default;
};

[[nodiscard]] std::string encode(const ReviewRow& row);
/// kCorrupt if the bytes are not what encode() makes; never throws.
[[nodiscard]] Result<ReviewRow> decode_review(std::string_view bytes);

/// The decisions. Thread-safe.
class Reviews {
public:
    explicit Reviews(ports::Store& store) : store_(store) {}

    /// In the order of `ids`.
    [[nodiscard]] Task<Result<std::vector<Review>>>
    find_many(Kind kind, std::vector<std::uint64_t> ids);
    [[nodiscard]] Task<Result<std::optional<ReviewRow>>> find(Kind kind, std::uint64_t id);
    [[nodiscard]] Task<Result<void>> set(Kind kind, std::uint64_t id, ReviewRow row);

private:
    ports::Store& store_;
};

}  // namespace rookery::discover::trends
