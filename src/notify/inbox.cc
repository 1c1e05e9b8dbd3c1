#include "notify/inbox.h"

#include "notify/held_back.h"
#include "notify/wants.h"
#include "social/privacy.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::notify {

namespace tables = social::tables;

namespace {

/// The rows that a page may come from; with min_id from the far end.
ports::Range range_of(AccountId owner, const social::PageRequest& page) {
    ports::Range range{.table = tables::kNotifications, .partition = tables::id_bytes(owner)};
    if (page.max_id != 0) {
        range.from = tables::newest_first(page.max_id - 1);
    }
    const std::uint64_t floor = std::max(page.since_id, page.min_id);
    if (floor != 0) {
        range.until = tables::newest_first(floor);
    }
    range.descending = page.min_id != 0;
    return range;
}

}  // namespace

/// A page on its way.
struct Inbox::Scan {
    const InboxQuery& query;
    social::ViewerPtr viewer;
    std::vector<InboxEntry> kept;
};

Inbox::Inbox(
    social::Environment environment,
    social::Accounts& accounts,
    social::Posts& posts,
    social::Viewers& viewers
)
    : environment_(std::move(environment)), accounts_(accounts), posts_(posts), viewers_(viewers) {}

Task<Result<std::vector<InboxEntry>>> Inbox::page(AccountId owner, InboxQuery query) {
    constexpr std::size_t kChunkRows = 100;
    CO_TRY(auto viewer, co_await viewers_.find(owner));
    Scan scan{.query = query, .viewer = std::move(viewer), .kept = {}};
    ports::Range range = range_of(owner, query.page);
    range.limit = kChunkRows;
    while (scan.kept.size() < query.page.limit) {
        if (!range.until.empty() && range.from >= range.until) {
            break;
        }
        CO_TRY(auto rows, co_await environment_.store.scan(range));
        const bool is_last = rows.size() < kChunkRows;
        if (!rows.empty() && range.descending) {
            range.until = rows.back().sort;
        } else if (!rows.empty()) {
            range.from = rows.back().sort + '\0';
        }
        CO_CHECK(co_await keep_wanted(&scan, std::move(rows)));
        if (is_last) {
            break;
        }
    }
    if (range.descending) {
        std::ranges::reverse(scan.kept);
    }
    co_return std::move(scan.kept);
}

Task<Result<void>> Inbox::keep_wanted(Scan* scan, std::vector<ports::Row> rows) {
    std::vector<Notification> notifications;
    for (const ports::Row& row : rows) {
        const NotificationId id(tables::parse_newest_first(row.sort));
        CO_TRY(const auto notification, decode_notification(id, row.value));
        const bool asked_for =
            scan->query.types.test(static_cast<std::size_t>(notification.type)) &&
            (scan->query.with_held_back || !notification.is_held_back) &&
            (!scan->query.from || scan->query.from == notification.from);
        if (asked_for) {
            notifications.push_back(notification);
        }
    }
    CO_TRY(auto entries, co_await present(scan->viewer, std::move(notifications)));
    for (auto& entry : entries) {
        if (entry && scan->kept.size() < scan->query.page.limit) {
            scan->kept.push_back(std::move(*entry));
        }
    }
    co_return Result<void>{};
}

Task<Result<std::vector<std::optional<InboxEntry>>>>
Inbox::present(social::ViewerPtr viewer, std::vector<Notification> notifications) {
    std::vector<AccountId> from_ids;
    std::vector<PostId> post_ids;
    for (const Notification& notification : notifications) {
        from_ids.push_back(notification.from);
        post_ids.push_back(notification.post);
    }
    CO_TRY(const auto from, co_await accounts_.find_many(std::move(from_ids)));
    CO_TRY(const auto posts, co_await posts_.find_many(std::move(post_ids)));
    std::vector<AccountId> author_ids;
    for (const social::PostPtr& post : posts) {
        author_ids.push_back(post ? post->author : AccountId{});
    }
    CO_TRY(const auto authors, co_await accounts_.find_many(std::move(author_ids)));

    const UnixMs now_ms = environment_.clock.now_ms();
    std::vector<std::optional<InboxEntry>> out(notifications.size());
    for (std::size_t i = 0; i < notifications.size(); ++i) {
        const bool heard =
            from[i] && !from[i]->suspended && wants_notifications(*viewer, from[i]->id, now_ms);
        const bool about_post = static_cast<bool>(notifications[i].post);
        const bool seen = !about_post || (posts[i] && authors[i] &&
                                          social::can_see(viewer.get(), *posts[i], *authors[i]));
        if (heard && seen) {
            out[i] = InboxEntry{notifications[i], from[i], posts[i], authors[i]};
        }
    }
    co_return out;
}

Task<Result<InboxEntry>> Inbox::find(AccountId owner, NotificationId id) {
    CO_TRY(const auto bytes, co_await environment_.store.get(notification_key(owner, id)));
    if (!bytes) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    CO_TRY(const auto notification, decode_notification(id, *bytes));
    CO_TRY(auto viewer, co_await viewers_.find(owner));
    std::vector<Notification> only;
    only.push_back(notification);
    CO_TRY(auto entries, co_await present(std::move(viewer), std::move(only)));
    std::optional<InboxEntry>& entry = entries.front();
    if (!entry) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return std::move(*entry);
}

Task<Result<void>> Inbox::dismiss(AccountId owner, std::vector<NotificationId> ids) {
    std::vector<ports::Key> keys;
    for (const NotificationId id : ids) {
        keys.push_back(notification_key(owner, id));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(keys));
    PendingBatch pending(environment_.store);
    HeldBack held_back(pending);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (!rows[i]) {
            continue;
        }
        pending.erase(keys[i]);
        CO_TRY(const auto notification, decode_notification(ids[i], *rows[i]));
        if (notification.is_held_back) {
            CO_CHECK(co_await held_back.remove(owner, notification));
        }
    }
    ports::Batch batch = pending.take();
    if (!batch.empty()) {
        CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    }
    co_return Result<void>{};
}

Task<Result<void>> Inbox::clear(AccountId owner) {
    constexpr std::size_t kChunkRows = 1000;
    const ports::Range range{
        .table = tables::kNotifications,
        .partition = tables::id_bytes(owner),
        .limit = kChunkRows,
    };
    while (true) {
        CO_TRY(const auto rows, co_await environment_.store.scan(range));
        ports::Batch batch;
        for (const ports::Row& row : rows) {
            batch.erase({range.table, range.partition, row.sort});
        }
        if (!batch.empty()) {
            CO_CHECK(co_await environment_.store.commit(std::move(batch)));
        }
        if (rows.size() < kChunkRows) {
            co_return Result<void>{};
        }
    }
}

}  // namespace rookery::notify
