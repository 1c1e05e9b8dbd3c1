#include "social/follows.h"
#include "social/follows_state.h"
#include "social/relation_page.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

using tables::id_bytes;

enum RelationshipRow : std::size_t {
    kFollowRow,
    kFollowBackRow,
    kRequestRow,
    kRequestBackRow,
    kBlockRow,
    kBlockBackRow,
    kMuteRow,
    kNoteRow,
    kRowCount,
};

void append_keys(std::vector<ports::Key>& keys, const std::string& viewer, AccountId other_id) {
    const std::string other = id_bytes(other_id);
    keys.push_back({tables::kFollows, viewer, other});
    keys.push_back({tables::kFollows, other, viewer});
    keys.push_back({tables::kRequestedFollows, viewer, other});
    keys.push_back({tables::kRequestedFollows, other, viewer});
    keys.push_back({tables::kBlocks, viewer, other});
    keys.push_back({tables::kBlocks, other, viewer});
    keys.push_back({tables::kMutes, viewer, other});
    keys.push_back({tables::kAccountNotes, viewer, other});
}

Result<Relationship>
parse_relationship(AccountId other, std::optional<std::string>* rows, UnixMs now_ms) {
    Relationship out{.other = other};
    out.following = rows[kFollowRow].has_value();
    out.requested = rows[kRequestRow].has_value();
    if (const auto& row = rows[out.following ? kFollowRow : kRequestRow]; row) {
        TRY(Follow follow, decode_follow(*row));
        out.showing_boosts = follow.show_boosts;
        out.notifying = follow.notify;
        out.languages = std::move(follow.languages);
    }
    out.followed_by = rows[kFollowBackRow].has_value();
    out.requested_by = rows[kRequestBackRow].has_value();
    out.blocking = rows[kBlockRow].has_value();
    out.blocked_by = rows[kBlockBackRow].has_value();
    if (const auto& row = rows[kMuteRow]; row) {
        TRY(const Mute mute, decode_mute(*row));
        out.muting = mute.expires_at_ms == 0 || mute.expires_at_ms > now_ms;
        if (out.muting) {
            out.muting_notifications = mute.notifications;
            out.mute_expires_at_ms = mute.expires_at_ms;
        }
    }
    out.note = std::move(rows[kNoteRow]).value_or("");
    return out;
}

Task<Result<std::vector<RelationEntry>>>
list_page(ports::Store* store, ports::Table table, AccountId account, PageRequest page) {
    CO_TRY(const auto rows, co_await relation_page(store, table, id_bytes(account), page));
    std::vector<RelationEntry> entries;
    entries.reserve(rows.size());
    for (const RelationRow& row : rows) {
        entries.push_back({.id = RelationId(row.relation), .account = AccountId(row.other)});
    }
    co_return entries;
}

/// The entries whose mute has not expired.
Task<Result<std::vector<RelationEntry>>> keep_lasting(
    ports::Store* store,
    AccountId muter,
    std::vector<RelationEntry> entries,
    UnixMs now_ms
) {
    std::vector<ports::Key> keys;
    keys.reserve(entries.size());
    for (const RelationEntry& entry : entries) {
        keys.push_back({tables::kMutes, id_bytes(muter), id_bytes(entry.account)});
    }
    CO_TRY(const auto rows, co_await store->multi_get(std::move(keys)));
    std::vector<RelationEntry> lasting;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::optional<std::string>& row = rows[i];
        if (!row) {
            continue;
        }
        CO_TRY(const Mute mute, decode_mute(*row));
        if (mute.expires_at_ms == 0 || mute.expires_at_ms > now_ms) {
            lasting.push_back(entries[i]);
        }
    }
    co_return lasting;
}

}  // namespace

Task<Result<std::vector<Relationship>>>
Follows::relationships(AccountId viewer, std::vector<AccountId> others) {
    const std::string partition = id_bytes(viewer);
    std::vector<ports::Key> keys;
    keys.reserve(others.size() * kRowCount);
    for (const AccountId other : others) {
        append_keys(keys, partition, other);
    }
    CO_TRY(auto rows, co_await state_->environment.store.multi_get(std::move(keys)));
    const UnixMs now_ms = state_->environment.clock.now_ms();
    std::vector<Relationship> out;
    out.reserve(others.size());
    for (std::size_t i = 0; i < others.size(); ++i) {
        auto* first = &rows[i * kRowCount];
        CO_TRY(Relationship relationship, parse_relationship(others[i], first, now_ms));
        out.push_back(std::move(relationship));
    }
    co_return out;
}

Task<Result<std::vector<RelationEntry>>> Follows::followers(AccountId account, PageRequest page) {
    co_return co_await list_page(&state_->environment.store, tables::kFollowers, account, page);
}

Task<Result<std::vector<RelationEntry>>> Follows::following(AccountId account, PageRequest page) {
    co_return co_await list_page(&state_->environment.store, tables::kFollowing, account, page);
}

Task<Result<std::vector<RelationEntry>>> Follows::requests(AccountId account, PageRequest page) {
    co_return co_await list_page(
        &state_->environment.store, tables::kFollowRequests, account, page
    );
}

Task<Result<std::vector<RelationEntry>>> Follows::blocks(AccountId account, PageRequest page) {
    co_return co_await list_page(&state_->environment.store, tables::kBlockList, account, page);
}

Task<Result<std::vector<RelationEntry>>> Follows::mutes(AccountId account, PageRequest page) {
    ports::Store* store = &state_->environment.store;
    const UnixMs now_ms = state_->environment.clock.now_ms();
    const bool upwards = page.min_id != 0;
    std::vector<RelationEntry> out;
    while (out.size() < page.limit) {
        CO_TRY(auto part, co_await list_page(store, tables::kMuteList, account, page));
        if (part.empty()) {
            break;
        }
        const bool is_last = part.size() < page.limit;
        const RelationId next = upwards ? part.front().id : part.back().id;
        (upwards ? page.min_id : page.max_id) = next.value;
        CO_TRY(const auto lasting, co_await keep_lasting(store, account, std::move(part), now_ms));
        out.insert(upwards ? out.begin() : out.end(), lasting.begin(), lasting.end());
        if (is_last) {
            break;
        }
    }
    if (out.size() > page.limit) {
        // Upwards the page is made of the lowest ids, which stand last.
        const auto surplus = static_cast<std::ptrdiff_t>(out.size() - page.limit);
        const auto first = upwards ? out.begin() : out.end() - surplus;
        out.erase(first, first + surplus);
    }
    co_return out;
}

}  // namespace rookery::social
