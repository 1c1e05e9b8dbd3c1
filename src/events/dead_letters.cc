#include "events/dead_letters.h"

#include "base/codec.h"
#include "events/tables.h"

#include <limits>
#include <span>
#include <utility>

namespace rookery::events {

namespace {

std::string id_bytes(ports::EventId id) {
    std::string bytes;
    ByteWriter(bytes).fixed64(id);
    return bytes;
}

Error no_such_letter() {
    return fail(ErrorCode::kNotFound, "there is no such dead letter");
}

}  // namespace

ports::Key dead_letter_key(std::string_view consumer, ports::EventId event) {
    return {tables::kDeadLetters, std::string(consumer), id_bytes(event)};
}

std::string encode(const DeadLetter& letter) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.varint(static_cast<std::uint64_t>(letter.event.at_ms));
    writer.varint(letter.event.event.type);
    writer.string(letter.event.event.payload);
    writer.varint(static_cast<std::uint64_t>(letter.buried_at_ms));
    writer.varint(letter.tries);
    writer.string(letter.error);
    return bytes;
}

Result<DeadLetter> decode_dead_letter(std::string_view sort, std::string_view value) {
    DeadLetter letter;
    ByteReader key(sort);
    letter.event.id = key.fixed64();
    ByteReader reader(value);
    letter.event.at_ms = static_cast<UnixMs>(reader.varint());
    const std::uint64_t type = reader.varint();
    letter.event.event.payload = reader.string();
    letter.buried_at_ms = static_cast<UnixMs>(reader.varint());
    const std::uint64_t tries = reader.varint();
    letter.error = reader.string();
    if (!key.complete() || !reader.complete() || type > std::numeric_limits<std::uint16_t>::max() ||
        tries > std::numeric_limits<std::uint32_t>::max()) {
        return fail(ErrorCode::kCorrupt, "a stored dead letter does not parse");
    }
    letter.event.event.type = static_cast<std::uint16_t>(type);
    letter.tries = static_cast<std::uint32_t>(tries);
    return letter;
}

Task<Result<std::vector<DeadLetter>>>
DeadLetters::list(std::string consumer, ports::EventId after, std::size_t limit) {
    ports::Range range;
    range.table = tables::kDeadLetters;
    range.partition = std::move(consumer);
    range.from = id_bytes(after + 1);
    range.limit = limit;
    CO_TRY(const auto rows, co_await store_.scan(std::move(range)));
    std::vector<DeadLetter> letters;
    letters.reserve(rows.size());
    for (const ports::Row& row : rows) {
        CO_TRY(auto letter, decode_dead_letter(row.sort, row.value));
        letters.push_back(std::move(letter));
    }
    co_return letters;
}

Task<Result<void>> DeadLetters::replay(Consumer* consumer, ports::EventId event) {
    const ports::Key key = dead_letter_key(consumer->name(), event);
    CO_TRY(const auto stored, co_await store_.get(key));
    if (!stored) {
        co_return no_such_letter();
    }
    CO_TRY(const DeadLetter letter, decode_dead_letter(key.sort, *stored));
    CO_TRY(auto batch, co_await consumer->handle(std::span(&letter.event, 1)));
    batch.expect_equals(key, *stored);
    batch.erase(key);
    CO_TRY([[maybe_unused]] const auto id, co_await store_.commit(std::move(batch)));
    co_return Result<void>{};
}

Task<Result<void>> DeadLetters::discard(std::string consumer, ports::EventId event) {
    const ports::Key key = dead_letter_key(consumer, event);
    ports::Batch batch;
    batch.expect_present(key);
    batch.erase(key);
    const auto outcome = co_await store_.commit(std::move(batch));
    if (!outcome && outcome.error().code == ErrorCode::kConflict) {
        co_return no_such_letter();
    }
    if (!outcome) {
        co_return outcome.error();
    }
    co_return Result<void>{};
}

}  // namespace rookery::events
