#include "social/event.h"
#include "social/follows.h"
#include "social/follows_state.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

using ports::Batch;
using tables::id_bytes;
using tables::newest_first;

constexpr int kAttemptsMax = 32;
constexpr std::size_t kNoteCharactersMax = 2000;

struct MuteRow {
    ports::Key key;
    std::optional<std::string> found;
    std::optional<Mute> mute;
};

Task<Result<MuteRow>> read_mute(ports::Store& store, AccountId actor, AccountId target) {
    MuteRow row{.key = {tables::kMutes, id_bytes(actor), id_bytes(target)}};
    CO_TRY(row.found, co_await store.get(row.key));
    if (row.found) {
        CO_TRY(row.mute, decode_mute(*row.found));
    }
    co_return row;
}

void expect_as_found(Batch& batch, const MuteRow& row) {
    if (row.found) {
        batch.expect_equals(row.key, *row.found);
    } else {
        batch.expect_absent(row.key);
    }
}

void emit(Batch& batch, EventType type, AccountId actor, AccountId target, RelationId ref) {
    batch.emit(encode(SocialEvent{.type = type, .actor = actor, .target = target, .ref = ref.value})
    );
}

void put_mute(
    Batch& batch,
    const MuteRow& row,
    AccountId actor,
    AccountId target,
    const Mute& wanted
) {
    if (row.mute && row.mute->id != wanted.id) {
        batch.erase({tables::kMuteList, id_bytes(actor), newest_first(row.mute->id)});
    }
    batch.put(row.key, encode(wanted));
    batch.put({tables::kMuteList, id_bytes(actor), newest_first(wanted.id)}, id_bytes(target));
    emit(batch, EventType::kMuted, actor, target, wanted.id);
}

bool has_expired(const Mute& mute, UnixMs now_ms) {
    return mute.expires_at_ms != 0 && mute.expires_at_ms <= now_ms;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace

Task<Result<void>>
Follows::mute(AccountId actor, AccountId target, bool notifications, std::int64_t expires_at_ms) {
    if (actor == target) {
        co_return fail(ErrorCode::kInvalid, "You can't mute yourself");
    }
    CO_TRY(const AccountPtr account, co_await state_->accounts.find(target));
    ports::Store& store = state_->environment.store;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        CO_TRY(const MuteRow row, co_await read_mute(store, actor, account->id));
        Mute wanted{.notifications = notifications, .expires_at_ms = expires_at_ms};
        const bool goes_on =
            row.mute && !has_expired(*row.mute, state_->environment.clock.now_ms());
        wanted.id = goes_on ? row.mute->id : state_->next_id();
        if (goes_on && wanted == *row.mute) {
            co_return Result<void>{};
        }
        Batch batch;
        expect_as_found(batch, row);
        put_mute(batch, row, actor, target, wanted);
        auto committed = co_await store.commit(std::move(batch));
        if (committed) {
            co_return Result<void>{};
        }
        if (committed.error().code != ErrorCode::kConflict) {
            co_return std::move(committed).error();
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<void>> Follows::unmute(AccountId actor, AccountId target) {
    ports::Store& store = state_->environment.store;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        CO_TRY(const MuteRow row, co_await read_mute(store, actor, target));
        if (!row.mute) {
            co_return Result<void>{};
        }
        Batch batch;
        expect_as_found(batch, row);
        batch.erase(row.key);
        batch.erase({tables::kMuteList, id_bytes(actor), newest_first(row.mute->id)});
        emit(batch, EventType::kUnmuted, actor, target, row.mute->id);
        auto committed = co_await store.commit(std::move(batch));
        if (committed) {
            co_return Result<void>{};
        }
        if (committed.error().code != ErrorCode::kConflict) {
            co_return std::move(committed).error();
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<void>> Follows::set_note(AccountId actor, AccountId target, std::string note) {
    if (count_code_points(note) > kNoteCharactersMax) {
        co_return fail(ErrorCode::kInvalid, "Comment is too long (maximum is 2000 characters)");
    }
    CO_TRY(const AccountPtr account, co_await state_->accounts.find(target));
    ports::Key key{tables::kAccountNotes, id_bytes(actor), id_bytes(account->id)};
    Batch batch;
    if (note.empty()) {
        batch.erase(std::move(key));
    } else {
        batch.put(std::move(key), std::move(note));
    }
    CO_CHECK(co_await state_->environment.store.commit(std::move(batch)));
    co_return Result<void>{};
}

}  // namespace rookery::social
