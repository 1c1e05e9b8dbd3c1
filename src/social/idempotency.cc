#include "social/idempotency.h"

#include "base/codec.h"
#include "base/encoding.h"
#include "social/tables.h"

#include <utility>

namespace rookery::social {

namespace {

constexpr std::uint8_t kFormat = 1;
/// Rows of other keys that each look-up also reads, to erase those that have expired. Keys are
/// stored as hashes, so every row is met sooner or later and an account keeps few dead ones.
constexpr std::size_t kSwept = 4;

struct FirstUse {
    PostId post;
    UnixMs expires_at_ms = 0;
};

std::string encode(const FirstUse& use) {
    std::string out;
    ByteWriter writer(out);
    writer.byte(kFormat);
    writer.fixed64(use.post.value);
    writer.signed_varint(use.expires_at_ms);
    return out;
}

Result<FirstUse> decode_first_use(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t format = reader.byte();
    FirstUse use;
    use.post = PostId(reader.fixed64());
    use.expires_at_ms = reader.signed_varint();
    if (format != kFormat || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "stored data does not parse", "idempotency key");
    }
    return use;
}

ports::Key row_of(AccountId account, const std::string& key) {
    return {tables::kIdempotency, tables::id_bytes(account), sha256(key)};
}

}  // namespace

IdempotencyKeys::IdempotencyKeys(Environment environment, std::uint32_t seconds)
    : environment_(std::move(environment)), lifetime_ms_(std::int64_t{1000} * seconds) {}

Task<KeyedTurns::Turn> IdempotencyKeys::wait(AccountId account, std::string key) {
    const ports::Key row = row_of(account, key);
    co_return co_await turns_.wait(row.partition + row.sort);
}

Task<Result<IdempotencyKeys::Claim>> IdempotencyKeys::look_up(AccountId account, std::string key) {
    Claim claim;
    claim.row = row_of(account, key);
    ports::Range range;
    range.table = claim.row.table;
    range.partition = claim.row.partition;
    range.from = claim.row.sort;
    range.limit = 1 + kSwept;
    CO_TRY(const std::vector<ports::Row> rows, co_await environment_.store.scan(std::move(range)));
    const UnixMs now = environment_.clock.now_ms();
    for (const ports::Row& row : rows) {
        CO_TRY(const FirstUse use, decode_first_use(row.value));
        const bool is_expired = use.expires_at_ms <= now;
        if (row.sort == claim.row.sort) {
            claim.first = is_expired ? PostId() : use.post;
            claim.stored = row.value;
        } else if (is_expired) {
            claim.expired.push_back({claim.row.table, claim.row.partition, row.sort});
        }
    }
    co_return claim;
}

void IdempotencyKeys::bind(ports::Batch& batch, const Claim& claim, PostId post) const {
    if (claim.stored) {
        batch.expect_equals(claim.row, *claim.stored);
    } else {
        batch.expect_absent(claim.row);
    }
    batch.put(claim.row, encode(FirstUse{post, environment_.clock.now_ms() + lifetime_ms_}));
    for (const ports::Key& key : claim.expired) {
        batch.erase(key);
    }
}

}  // namespace rookery::social
