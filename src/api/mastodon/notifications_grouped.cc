#include "api/mastodon/inbox_query.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/notification_groups.h"
#include "api/mastodon/paging.h"
#include "api/mastodon/resources.h"
#include "base/encoding.h"
#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kSampleAccounts = 8;

using Types = std::bitset<notify::kNotificationTypes>;

Types grouped_types(const Call& call) {
    const auto names = call.params().list("grouped_types");
    Types types;
    for (const std::string_view name : names) {
        if (const auto type = notify::parse_notification_type(name)) {
            types.set(static_cast<std::size_t>(*type));
        }
    }
    return names.empty() ? Types().set() : types;
}

/// Reads on until there are as many groups as asked for, or no more notifications.
Task<Result<NotificationGroups>> read_groups(Call call, notify::InboxQuery query) {
    constexpr int kReadsMax = 10;
    constexpr std::size_t kReadEntries = 80;
    const std::size_t groups_max = query.page.limit;
    NotificationGroups groups(grouped_types(call));
    query.page.limit = query.page.min_id != 0 ? groups_max : kReadEntries;
    for (int reads = 0; reads < kReadsMax; ++reads) {
        CO_TRY(const auto entries, co_await call.services().inbox.page(call.account->id, query));
        for (const notify::InboxEntry& entry : entries) {
            if (!groups.add(entry, groups_max)) {
                co_return groups;
            }
            query.page.max_id = entry.notification.id.value;
        }
        if (entries.size() < query.page.limit || query.page.min_id != 0) {
            break;
        }
    }
    co_return groups;
}

void write_group(JsonWriter& json, const NotificationGroup& group) {
    const notify::Notification& newest = group.newest().notification;
    json.begin_object()
        .field("group_key", group.key)
        .field("notifications_count", group.entries.size())
        .field("type", to_string(newest.type))
        .field("most_recent_notification_id", newest.id.value)
        .field("page_min_id", to_string(group.oldest().notification.id))
        .field("page_max_id", to_string(newest.id))
        .field("latest_page_notification_at", iso8601_ms(newest.created_at_ms()));
    json.key("sample_account_ids").begin_array();
    for (std::size_t i = 0; i < std::min(group.entries.size(), kSampleAccounts); ++i) {
        json.string(to_string(group.entries[i].from->id));
    }
    json.end_array();
    if (newest.post) {
        json.field("status_id", to_string(newest.post));
    } else {
        json.null_field("status_id");
    }
    json.end_object();
}

/// What the groups speak of, each once.
struct Mentioned {
    std::vector<social::AccountPtr> accounts;
    std::vector<social::AccountPtr> partial_accounts;
    feed::Page posts;
};

Mentioned collect(const std::vector<NotificationGroup>& groups, bool partial) {
    Mentioned out;
    std::set<AccountId> seen;
    std::set<PostId> seen_posts;
    const auto add = [&seen](auto& to, const social::AccountPtr& account) {
        if (seen.insert(account->id).second) {
            to.push_back(account);
        }
    };
    for (const NotificationGroup& group : groups) {
        add(out.accounts, group.newest().from);
        const notify::InboxEntry& newest = group.newest();
        if (newest.post && seen_posts.insert(newest.post->id).second) {
            out.posts.push_back({newest.post, newest.post_author, nullptr, nullptr});
        }
    }
    for (const NotificationGroup& group : groups) {
        for (std::size_t i = 0; i < std::min(group.entries.size(), kSampleAccounts); ++i) {
            add(partial ? out.partial_accounts : out.accounts, group.entries[i].from);
        }
    }
    return out;
}

/// The whole entities stand in for the partial ones: a client reads the members that it knows.
void write_accounts(
    JsonWriter& json,
    std::string_view name,
    const std::vector<http::Fragment>& accounts
) {
    json.key(name).begin_array();
    for (const http::Fragment& account : accounts) {
        json.raw(*account);
    }
    json.end_array();
}

Task<Result<http::Response>>
groups_answer(Call call, const std::vector<NotificationGroup>* groups) {
    const bool partial = call.params().get_or("expand_accounts", "full") == "partial_avatars";
    Mentioned mentioned = collect(*groups, partial);
    AccountView& view = call.api.account_view;
    CO_TRY(const auto viewer, co_await call.viewer());
    CO_TRY(const auto accounts, co_await view.render_many(std::move(mentioned.accounts)));
    CO_TRY(const auto others, co_await view.render_many(std::move(mentioned.partial_accounts)));
    CO_TRY(
        const auto statuses,
        co_await call.api.status_view.render_page(std::move(mentioned.posts), viewer)
    );
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    write_accounts(json, "accounts", accounts);
    if (partial) {
        write_accounts(json, "partial_accounts", others);
    }
    json.raw_field("statuses", statuses);
    json.key("notification_groups").begin_array();
    for (const NotificationGroup& group : *groups) {
        write_group(json, group);
    }
    json.end_array().end_object();
    co_return http::Response::json(std::move(out));
}

Task<Result<http::Response>> list(Call call) {
    const std::string_view expand = call.params().get_or("expand_accounts", "full");
    if (expand != "full" && expand != "partial_avatars") {
        co_return fail(
            ErrorCode::kInvalid, "Validation failed: expand_accounts is not full or partial_avatars"
        );
    }
    CO_TRY(const auto query, parse_inbox_query(call));
    CO_TRY(const auto groups, co_await read_groups(call, query));
    CO_TRY(auto response, co_await groups_answer(call, &groups.all()));
    if (!groups.all().empty()) {
        std::uint64_t last = groups.all().front().newest().notification.id.value;
        for (const NotificationGroup& group : groups.all()) {
            last = std::min(last, group.oldest().notification.id.value);
        }
        const std::uint64_t first = groups.all().front().newest().notification.id.value;
        add_timeline_links(call, first, last, response);
    }
    co_return response;
}

/// All notifications of the group that the path names; kNotFound if there is none.
Task<Result<std::vector<NotificationGroup>>> find_group(Call call) {
    const std::string key = call.request->path_args.at(0);
    const auto query = query_for_group(key);
    if (!query) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    CO_TRY(auto entries, co_await call.services().inbox.page(call.account->id, *query));
    std::erase_if(entries, [&key](const notify::InboxEntry& entry) {
        const bool alone = key == "ungrouped-" + to_string(entry.notification.id);
        return !alone && group_key(entry.notification) != key;
    });
    if (entries.empty()) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    std::vector<NotificationGroup> groups;
    groups.push_back({key, std::move(entries)});
    co_return groups;
}

Task<Result<http::Response>> show(Call call) {
    CO_TRY(const auto groups, co_await find_group(call));
    co_return co_await groups_answer(call, &groups);
}

Task<Result<http::Response>> accounts(Call call) {
    CO_TRY(const auto groups, co_await find_group(call));
    std::vector<social::AccountPtr> from;
    for (const notify::InboxEntry& entry : groups.front().entries) {
        from.push_back(entry.from);
    }
    CO_TRY(const auto entities, co_await call.api.account_view.render_many(std::move(from)));
    co_return json_array(entities);
}

Task<Result<http::Response>> dismiss(Call call) {
    CO_TRY(const auto groups, co_await find_group(call));
    std::vector<NotificationId> ids;
    for (const notify::InboxEntry& entry : groups.front().entries) {
        ids.push_back(entry.notification.id);
    }
    CO_CHECK(co_await call.services().inbox.dismiss(call.account->id, std::move(ids)));
    co_return http::Response::json("{}");
}

Task<Result<http::Response>> unread_count(Call call) {
    constexpr PageSize kCounted{100, 1000};
    CO_TRY(const auto page, parse_page(call, kCounted));
    CO_TRY(const auto unread, co_await unread_notifications(call, kCounted.max));
    NotificationGroups groups(grouped_types(call));
    for (const notify::InboxEntry& entry : unread) {
        if (!groups.add(entry, page.limit)) {
            break;
        }
    }
    std::string out;
    JsonWriter(out).begin_object().field("count", groups.all().size()).end_object();
    co_return http::Response::json(std::move(out));
}

constexpr std::string_view kRead = "read:notifications";
constexpr std::string_view kWrite = "write:notifications";

constexpr Route get(std::string_view pattern, Handler handler) {
    return {http::Method::kGet, pattern, Auth::kUser, kRead, handler};
}

constexpr std::array kRoutes{
    get("/api/v2/notifications", list),
    get("/api/v2/notifications/unread_count", unread_count),
    get("/api/v2/notifications/:group_key", show),
    get("/api/v2/notifications/:group_key/accounts", accounts),
    Route{
        http::Method::kPost,
        "/api/v2/notifications/:group_key/dismiss",
        Auth::kUser,
        kWrite,
        dismiss,
    },
};

}  // namespace

Routes grouped_notification_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
