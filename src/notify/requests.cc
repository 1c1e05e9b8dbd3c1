#include "notify/requests.h"

#include "notify/held_back.h"
#include "notify/wants.h"
#include "social/privacy.h"
#include "social/relation_page.h"
#include "social/tables.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::notify {

namespace tables = social::tables;

namespace {

/// Rows changed by one commit.
constexpr std::size_t kChunkRows = 200;
/// Of a sender's newest notifications, so many are looked through for a post to show.
constexpr std::size_t kLookedThrough = 20;

Error no_such_request() {
    return fail(ErrorCode::kNotFound, "Record not found");
}

}  // namespace

Requests::Requests(
    social::Environment environment,
    social::Accounts& accounts,
    social::Posts& posts,
    social::Viewers& viewers
)
    : environment_(std::move(environment)), accounts_(accounts), posts_(posts), viewers_(viewers) {}

Task<Result<std::vector<Request>>> Requests::page(AccountId owner, social::PageRequest page) const {
    const std::size_t limit = page.limit;
    const bool runs_upwards = page.min_id != 0;
    CO_TRY(const auto viewer, co_await viewers_.find(owner));
    std::vector<Request> kept;
    while (kept.size() < limit) {
        CO_TRY(
            const auto rows,
            co_await social::relation_page(
                &environment_.store, tables::kNotificationRequests, tables::id_bytes(owner), page
            )
        );
        std::vector<Request> shown;
        for (const social::RelationRow& row : rows) {
            CO_TRY(
                auto request,
                co_await present(viewer, NotificationId(row.relation), AccountId(row.other))
            );
            if (request) {
                shown.push_back(std::move(*request));
            }
        }
        kept.insert(
            runs_upwards ? kept.begin() : kept.end(),
            std::make_move_iterator(shown.begin()),
            std::make_move_iterator(shown.end())
        );
        if (rows.size() < limit) {
            break;
        }
        (runs_upwards ? page.min_id : page.max_id) =
            runs_upwards ? rows.front().relation : rows.back().relation;
    }
    if (kept.size() > limit) {
        const auto surplus = static_cast<std::ptrdiff_t>(kept.size() - limit);
        kept.erase(
            runs_upwards ? kept.begin() : kept.end() - surplus,
            runs_upwards ? kept.begin() + surplus : kept.end()
        );
    }
    co_return kept;
}

Task<Result<AccountId>> Requests::sender_of(AccountId owner, NotificationId id) const {
    CO_TRY(const auto row, co_await environment_.store.get(request_key(owner, id)));
    if (!row) {
        co_return no_such_request();
    }
    co_return AccountId(tables::parse_id_bytes(*row));
}

Task<Result<Request>> Requests::find(AccountId owner, NotificationId id) const {
    CO_TRY(const auto sender, co_await sender_of(owner, id));
    CO_TRY(auto viewer, co_await viewers_.find(owner));
    CO_TRY(auto request, co_await present(std::move(viewer), id, sender));
    if (!request) {
        co_return no_such_request();
    }
    co_return std::move(*request);
}

Task<Result<std::optional<Request>>>
Requests::present(social::ViewerPtr viewer, NotificationId id, AccountId sender) const {
    std::vector<AccountId> ids{sender};
    CO_TRY(const auto accounts, co_await accounts_.find_many(std::move(ids)));
    const social::AccountPtr& from = accounts.front();
    if (!from || from->suspended ||
        !wants_notifications(*viewer, sender, environment_.clock.now_ms())) {
        co_return std::optional<Request>{};
    }
    CO_TRY(
        const auto rows,
        co_await environment_.store.scan(held_range(viewer->id, sender, kCountedMax))
    );
    if (rows.empty()) {
        co_return std::optional<Request>{};
    }
    Request request{.id = id, .from = from, .notifications = rows.size()};
    std::vector<NotificationId> newest;
    for (std::size_t i = 0; i < std::min(rows.size(), kLookedThrough); ++i) {
        newest.emplace_back(tables::parse_newest_first(rows[i].sort));
    }
    request.updated_at_ms = id_time_ms(newest.front().value);
    CO_CHECK(co_await add_last_post(std::move(viewer), std::move(newest), &request));
    co_return std::optional<Request>(std::move(request));
}

Task<Result<void>> Requests::add_last_post(
    social::ViewerPtr viewer,
    std::vector<NotificationId> newest,
    Request* request
) const {
    std::vector<ports::Key> keys;
    for (const NotificationId id : newest) {
        keys.push_back(notification_key(viewer->id, id));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<PostId> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i]) {
            CO_TRY(const auto notification, decode_notification(newest[i], *rows[i]));
            if (notification.type == NotificationType::kMention) {
                ids.push_back(notification.post);
            }
        }
    }
    CO_TRY(const auto posts, co_await posts_.find_many(std::move(ids)));
    for (const social::PostPtr& post : posts) {
        const bool is_theirs = post && post->author == request->from->id;
        if (is_theirs && social::can_see(viewer.get(), *post, *request->from)) {
            request->last_post = post;
            request->last_post_author = request->from;
            break;
        }
    }
    co_return Result<void>{};
}

Task<Result<RequestSummary>> Requests::summary(AccountId owner) const {
    social::PageRequest all;
    all.limit = kCountedMax;
    CO_TRY(const auto requests, co_await page(owner, all));
    RequestSummary out{.requests = requests.size()};
    for (const Request& request : requests) {
        out.notifications += request.notifications;
    }
    co_return out;
}

Task<Result<void>> Requests::accept(AccountId owner, NotificationId id) const {
    constexpr int kTriesMax = 5;  // each loses only against a withdrawal at the same moment
    CO_TRY(const auto sender, co_await sender_of(owner, id));
    for (int tries = 0;;) {
        const auto is_done = co_await accept_some(owner, sender, id);
        if (!is_done && (is_done.error().code != ErrorCode::kConflict || ++tries == kTriesMax)) {
            co_return is_done.error();
        }
        if (is_done && *is_done) {
            co_return Result<void>{};
        }
    }
}

/// True when nothing is left of the request.
Task<Result<bool>> Requests::accept_some(AccountId owner, AccountId sender, NotificationId id)
    const {
    CO_TRY(
        const auto held, co_await environment_.store.scan(held_range(owner, sender, kChunkRows))
    );
    std::vector<ports::Key> keys;
    for (const ports::Row& row : held) {
        keys.push_back(notification_key(owner, NotificationId(tables::parse_newest_first(row.sort)))
        );
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(keys));
    ports::Batch batch;
    batch.put(permission_key(owner, sender), "");
    for (std::size_t i = 0; i < held.size(); ++i) {
        batch.erase({tables::kHeldNotifications, held_partition(owner, sender), held[i].sort});
        if (!rows[i]) {
            continue;
        }
        const NotificationId notification_id(tables::parse_newest_first(held[i].sort));
        CO_TRY(Notification notification, decode_notification(notification_id, *rows[i]));
        notification.is_held_back = false;
        batch.expect_equals(keys[i], *rows[i]);
        batch.put(keys[i], encode(notification));
    }
    const bool is_last = held.size() < kChunkRows;
    if (is_last) {
        batch.erase(held_head_key(owner, sender));
        batch.erase(request_key(owner, id));
        batch.emit(social::encode(social::SocialEvent{
            .type = social::EventType::kNotificationsMerged, .actor = owner, .target = sender
        }));
    }
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return is_last;
}

Task<Result<void>> Requests::dismiss(AccountId owner, NotificationId id) const {
    CO_TRY(const auto sender, co_await sender_of(owner, id));
    while (true) {
        CO_TRY(
            const auto held, co_await environment_.store.scan(held_range(owner, sender, kChunkRows))
        );
        ports::Batch batch;
        for (const ports::Row& row : held) {
            const NotificationId notification(tables::parse_newest_first(row.sort));
            batch.erase(notification_key(owner, notification));
            batch.erase({tables::kHeldNotifications, held_partition(owner, sender), row.sort});
        }
        const bool is_last = held.size() < kChunkRows;
        if (is_last) {
            batch.erase(held_head_key(owner, sender));
            batch.erase(request_key(owner, id));
        }
        CO_CHECK(co_await environment_.store.commit(std::move(batch)));
        if (is_last) {
            co_return Result<void>{};
        }
    }
}

Task<Result<void>> Requests::dismiss_all(AccountId owner) const {
    social::PageRequest page;
    page.limit = kCountedMax;
    while (true) {
        CO_TRY(
            const auto rows,
            co_await social::relation_page(
                &environment_.store, tables::kNotificationRequests, tables::id_bytes(owner), page
            )
        );
        for (const social::RelationRow& row : rows) {
            const auto done = co_await dismiss(owner, NotificationId(row.relation));
            if (!done && done.error().code != ErrorCode::kNotFound) {
                co_return done.error();
            }
            page.max_id = row.relation;
        }
        if (rows.size() < page.limit) {
            co_return Result<void>{};
        }
    }
}

}  // namespace rookery::notify
