#include "social/event.h"
#include "social/follows.h"
#include "social/follows_state.h"
#include "social/row_change.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

using ports::Batch;
using tables::id_bytes;
using tables::newest_first;

constexpr std::size_t kNoteCharactersMax = 2000;

std::vector<WatchedRow> watch_mute(AccountId actor, AccountId target) {
    return {{.key = {tables::kMutes, id_bytes(actor), id_bytes(target)}}};
}

void emit(Batch& batch, EventType type, AccountId actor, AccountId target, RelationId ref) {
    batch.emit(encode(SocialEvent{.type = type, .actor = actor, .target = target, .ref = ref.value})
    );
}

bool has_expired(const Mute& mute, UnixMs now_ms) {
    return mute.expires_at_ms != 0 && mute.expires_at_ms <= now_ms;
}

Result<void> plan_mute(
    Batch& batch,
    const FoundRows& found,
    AccountId actor,
    AccountId target,
    Mute wanted,
    UnixMs now_ms
) {
    if (found[0]) {
        TRY(const Mute present, decode_mute(*found[0]));
        if (has_expired(present, now_ms)) {
            batch.erase({tables::kMuteList, id_bytes(actor), newest_first(present.id)});
        } else {
            wanted.id = present.id;
        }
        if (wanted == present) {
            return {};
        }
    }
    batch.put({tables::kMutes, id_bytes(actor), id_bytes(target)}, encode(wanted));
    batch.put({tables::kMuteList, id_bytes(actor), newest_first(wanted.id)}, id_bytes(target));
    emit(batch, EventType::kMuted, actor, target, wanted.id);
    return {};
}

Result<void> plan_unmute(Batch& batch, const FoundRows& found, AccountId actor, AccountId target) {
    if (!found[0]) {
        return {};
    }
    TRY(const Mute present, decode_mute(*found[0]));
    batch.erase({tables::kMutes, id_bytes(actor), id_bytes(target)});
    batch.erase({tables::kMuteList, id_bytes(actor), newest_first(present.id)});
    emit(batch, EventType::kUnmuted, actor, target, present.id);
    return {};
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
    const Mute wanted{
        .id = state_->next_id(), .notifications = notifications, .expires_at_ms = expires_at_ms
    };
    const UnixMs now_ms = state_->environment.clock.now_ms();
    RowPlan plan = [=](const FoundRows& found, Batch& batch) {
        return plan_mute(batch, found, actor, target, wanted, now_ms);
    };
    co_return co_await change_rows(
        &state_->environment.store, watch_mute(actor, account->id), std::move(plan)
    );
}

Task<Result<void>> Follows::unmute(AccountId actor, AccountId target) {
    RowPlan plan = [=](const FoundRows& found, Batch& batch) {
        return plan_unmute(batch, found, actor, target);
    };
    co_return co_await change_rows(
        &state_->environment.store, watch_mute(actor, target), std::move(plan)
    );
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
