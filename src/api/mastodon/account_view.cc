#include "api/mastodon/account_view.h"

#include "api/mastodon/json_answer.h"
#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/sharded_cache.h"
#include "social/text/render.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr UnixMs kDayMs = 86'400'000;

void write_fields(
    JsonWriter& json,
    const std::vector<social::ProfileField>& fields,
    const std::string* base_url
) {
    json.begin_array();
    for (const social::ProfileField& field : fields) {
        json.begin_object().field("name", field.name);
        if (base_url != nullptr) {
            json.field("value", with_base_url(field.value_html, *base_url));
        } else {
            json.field("value", field.value);
        }
        json.null_field("verified_at").end_object();
    }
    json.end_array();
}

/// `key` of the media store, or the picture that stands for none.
std::string picture_url(const ApiConfig& config, std::string_view kind, const std::string& key) {
    if (key.empty()) {
        return fmt::format("{}/{}/original/missing.png", config.base_url, kind);
    }
    return fmt::format("{}/media/{}", config.base_url, key);
}

void write_roles(JsonWriter& json, social::Role role) {
    json.key("roles").begin_array();
    if (role != social::Role::kUser) {
        json.begin_object()
            .field("id", std::to_string(static_cast<int>(role)))
            .field("name", role == social::Role::kAdmin ? "Admin" : "Moderator")
            .field("color", "")
            .end_object();
    }
    json.end_array();
}

/// The members of the entity, without the braces: CredentialAccount adds to them.
void write_account(
    JsonWriter& json,
    const ApiConfig& config,
    const social::Account& account,
    const social::AccountCounts& counts
) {
    const std::string avatar = avatar_url(config, account);
    const std::string header = header_url(config, account);
    // Suspended people keep their name and nothing else.
    const bool shown = !account.suspended;
    json.field("id", to_string(account.id))
        .field("username", account.username)
        .field("acct", account.username)
        .field("display_name", shown ? account.display_name : "")
        .field("locked", account.locked)
        .field("bot", account.bot)
        .field("discoverable", account.discoverable)
        .field("indexable", account.indexable)
        .field("group", false)
        .field("created_at", iso8601_ms(account.created_at_ms / kDayMs * kDayMs))
        .field("note", shown ? with_base_url(account.note_html, config.base_url) : "")
        .field("url", account_url(config, account))
        .field("uri", account_uri(config, account))
        .field("avatar", avatar)
        .field("avatar_static", avatar)
        .field("avatar_description", "")
        .field("header", header)
        .field("header_static", header)
        .field("header_description", "")
        .field("followers_count", shown ? counts.followers : 0)
        .field("following_count", shown ? counts.following : 0)
        .field("statuses_count", shown ? counts.posts : 0);
    if (shown && counts.last_post_at_ms != 0) {
        json.field("last_status_at", iso8601_date(counts.last_post_at_ms));
    } else {
        json.null_field("last_status_at");
    }
    json.field("hide_collections", account.hide_collections)
        .field("noindex", !account.indexable)
        .key("emojis")
        .begin_array()
        .end_array();
    write_roles(json, account.role);
    json.key("fields");
    write_fields(
        json, shown ? account.fields : std::vector<social::ProfileField>{}, &config.base_url
    );
    if (account.suspended) {
        json.field("suspended", true);
    }
}

std::string account_text(
    const ApiConfig& config,
    const social::Account& account,
    const social::AccountCounts& counts
) {
    constexpr std::size_t kUsualBytes = 1536;
    std::string text;
    text.reserve(kUsualBytes);
    JsonWriter json(text);
    json.begin_object();
    write_account(json, config, account, counts);
    json.end_object();
    return text;
}

/// What most accounts' entities say.
std::string common_phrases(const ApiConfig& config) {
    social::Account bare;
    bare.discoverable = true;
    bare.indexable = true;
    social::Account rich;
    rich.avatar_key = "a";
    rich.header_key = "a";
    rich.fields.emplace_back();
    rich.note_html = social::text::render_html("@a #a https://a", {{"a", AccountId(1)}}, "");
    return account_text(config, bare, {}) + account_text(config, rich, {.last_post_at_ms = 1});
}

/// Mastodon's permission bits: an operator may do all of it, a moderator see and judge reports.
std::string_view permissions_of(social::Role role) {
    switch (role) {
        case social::Role::kAdmin:
            return "1";
        case social::Role::kModerator:
            return "1308";
        case social::Role::kUser:
            break;
    }
    return "0";
}

void write_source(JsonWriter& json, const social::Account& account, std::int64_t follow_requests) {
    json.key("source")
        .begin_object()
        .field("privacy", social::to_string(account.default_visibility))
        .field("sensitive", account.default_sensitive);
    if (account.default_language.empty()) {
        json.null_field("language");
    } else {
        json.field("language", account.default_language);
    }
    json.field("note", account.note).key("fields");
    write_fields(json, account.fields, nullptr);
    json.field("follow_requests_count", follow_requests)
        .field("hide_collections", account.hide_collections)
        .field("discoverable", account.discoverable)
        .field("indexable", account.indexable)
        .key("attribution_domains")
        .begin_array()
        .end_array()
        .field("quote_policy", "nobody")
        .end_object();
}

}  // namespace

class AccountView::Cache : public ShardedCache<AccountId, AccountFacePtr> {
public:
    using ShardedCache::ShardedCache;
};

AccountView::AccountView(const ApiConfig& config, social::Accounts& accounts)
    : config_(config),
      accounts_(accounts),
      dictionary_(common_phrases(config)),
      cache_(std::make_unique<Cache>(config.cached_account_views_max)) {}

AccountView::~AccountView() = default;

AccountFacePtr
AccountView::face(const social::AccountPtr& account, const social::AccountCounts& counts) {
    if (auto cached = cache_->find(account->id)) {
        if ((*cached)->account == account && (*cached)->counts == counts) {
            return std::move(*cached);
        }
    }
    auto face = std::make_shared<AccountFace>();
    face->account = account;
    face->counts = counts;
    const std::string text = account_text(config_, *account, counts);
    face->packed = dictionary_.pack(text);
    face->hash = hash_(text);
    cache_->insert(account->id, face, cache_->stamp(account->id));
    return face;
}

Task<Result<http::Fragment>> AccountView::render(social::AccountPtr account) {
    std::vector<social::AccountPtr> one{std::move(account)};
    CO_TRY(auto rendered, co_await render_many(std::move(one)));
    co_return std::move(rendered.front());
}

Task<Result<std::vector<http::Fragment>>> AccountView::render_many(
    std::vector<social::AccountPtr> accounts
) {
    std::vector<AccountId> ids;
    ids.reserve(accounts.size());
    for (const social::AccountPtr& account : accounts) {
        if (account) {
            ids.push_back(account->id);
        }
    }
    CO_TRY(const auto counts, co_await accounts_.counts(std::move(ids)));
    std::vector<http::Fragment> out(accounts.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        if (accounts[i]) {
            const AccountFacePtr made = face(accounts[i], counts[next++]);
            out[i] = std::make_shared<const std::string>(dictionary_.text(made->packed));
        }
    }
    co_return out;
}

Task<Result<std::vector<http::Fragment>>> AccountView::render_ids(std::vector<AccountId> ids) {
    CO_TRY(auto accounts, co_await accounts_.find_many(std::move(ids)));
    std::erase(accounts, nullptr);
    auto rendered = co_await render_many(std::move(accounts));
    co_return rendered;
}

Task<Result<std::string>>
AccountView::render_own(social::AccountPtr account, std::int64_t follow_requests) {
    std::vector<AccountId> ids{account->id};
    CO_TRY(const auto counts, co_await accounts_.counts(std::move(ids)));
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    write_account(json, config_, *account, counts.front());
    write_source(json, *account, follow_requests);
    write_role(json, account->role);
    json.end_object();
    co_return text;
}

std::string account_url(const ApiConfig& config, const social::Account& account) {
    return config.base_url + "/@" + account.username;
}

std::string account_uri(const ApiConfig& config, const social::Account& account) {
    return config.base_url + "/users/" + account.username;
}

std::string avatar_url(const ApiConfig& config, const social::Account& account) {
    return picture_url(config, "avatars", account.avatar_key);
}

std::string header_url(const ApiConfig& config, const social::Account& account) {
    return picture_url(config, "headers", account.header_key);
}

void write_role(JsonWriter& json, social::Role role) {
    static constexpr std::string_view kNames[] = {"", "Moderator", "Admin"};
    json.key("role")
        .begin_object()
        .field("id", std::to_string(static_cast<int>(role)))
        .field("name", kNames[static_cast<std::size_t>(role)])
        .field("color", "")
        .field("permissions", permissions_of(role))
        .field("highlighted", role != social::Role::kUser)
        .end_object();
}

}  // namespace rookery::api::mastodon
