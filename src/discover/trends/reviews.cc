#include "discover/trends/reviews.h"

#include "social/tables.h"

#include <utility>

namespace rookery::discover::trends {

namespace {

namespace tables = social::tables;

constexpr std::uint8_t kFormat = 1;

ports::Key key_of(Kind kind, std::uint64_t id) {
    return {tables::kTrendReviews, std::string(1, static_cast<char>(kind)), tables::id_bytes(id)};
}

}  // namespace

std::string encode(const ReviewRow& row) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kFormat);
    writer.byte(static_cast<std::uint8_t>(row.review));
    writer.varint(row.moderator.value);
    writer.signed_varint(row.at_ms);
    writer.string(row.name);
    return bytes;
}

Result<ReviewRow> decode_review(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t format = reader.byte();
    const std::uint8_t review = reader.byte();
    ReviewRow row;
    row.review = static_cast<Review>(review);
    row.moderator.value = reader.varint();
    row.at_ms = reader.signed_varint();
    row.name = reader.string();
    const bool is_known = review == static_cast<std::uint8_t>(Review::kApproved) ||
                          review == static_cast<std::uint8_t>(Review::kRejected);
    if (format != kFormat || !is_known || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "A stored record is damaged", "review of a trend");
    }
    return row;
}

Task<Result<std::vector<Review>>> Reviews::find_many(Kind kind, std::vector<std::uint64_t> ids) {
    std::vector<ports::Key> keys;
    keys.reserve(ids.size());
    for (const std::uint64_t id : ids) {
        keys.push_back(key_of(kind, id));
    }
    CO_TRY(const auto rows, co_await store_.multi_get(std::move(keys)));
    std::vector<Review> reviews;
    for (const auto& row : rows) {
        reviews.push_back(Review::kNone);
        if (row) {
            CO_TRY(const ReviewRow found, decode_review(*row));
            reviews.back() = found.review;
        }
    }
    co_return reviews;
}

Task<Result<std::optional<ReviewRow>>> Reviews::find(Kind kind, std::uint64_t id) {
    CO_TRY(const auto row, co_await store_.get(key_of(kind, id)));
    std::optional<ReviewRow> review;
    if (row) {
        CO_TRY(review, decode_review(*row));
    }
    co_return review;
}

Task<Result<void>> Reviews::set(Kind kind, std::uint64_t id, ReviewRow row) {
    ports::Batch batch;
    batch.put(key_of(kind, id), encode(row));
    CO_CHECK(co_await store_.commit(std::move(batch)));
    co_return Result<void>();
}

}  // namespace rookery::discover::trends
