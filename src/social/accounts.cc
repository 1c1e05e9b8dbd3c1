#include "social/accounts.h"

#include "base/encoding.h"
#include "social/accounts_state.h"

#include <utility>

namespace rookery::social {

namespace {

constexpr std::string_view kNoSuchAccount = "Record not found";

/// What loading an account's counts takes; positions are those in the list asked for.
struct Missing {
    std::size_t position = 0;
    std::uint64_t generation = 0;
};

Task<Result<UnixMs>> newest_post_at(ports::Store* store, AccountId author) {
    ports::Range range{
        .table = tables::kAuthorPosts, .partition = tables::id_bytes(author), .limit = 1
    };
    CO_TRY(const auto rows, co_await store->scan(std::move(range)));
    co_return rows.empty() ? 0 : id_time_ms(tables::parse_newest_first(rows[0].sort));
}

}  // namespace

Accounts::Accounts(Environment environment, AccountLimits limits)
    : state_(std::make_unique<State>(std::move(environment), limits)) {}

Accounts::~Accounts() = default;

Task<Result<AccountId>> Accounts::State::id_of_name(std::string lower_name) {
    if (lower_name.empty()) {
        co_return AccountId();
    }
    if (const auto cached = ids_by_name.find(lower_name)) {
        co_return *cached;
    }
    const auto stamp = ids_by_name.stamp(lower_name);
    CO_TRY(const auto row, co_await environment.store.get(account_name_key(lower_name)));
    if (!row) {
        co_return AccountId();
    }
    const AccountId id(tables::parse_id_bytes(*row));
    ids_by_name.insert(lower_name, id, stamp);
    co_return id;
}

Task<Result<AccountId>> Accounts::State::id_of_email(std::string lower_email) {
    if (lower_email.empty() || lower_email.size() > kEmailBytesMax) {
        co_return AccountId();
    }
    CO_TRY(const auto row, co_await environment.store.get(email_key(std::move(lower_email))));
    co_return AccountId(row ? tables::parse_id_bytes(*row) : 0);
}

Task<Result<Credentials>> Accounts::State::credentials(AccountId id) {
    CO_TRY(const auto row, co_await environment.store.get(credentials_key(id)));
    if (!row) {
        co_return fail(ErrorCode::kNotFound, std::string(kNoSuchAccount));
    }
    co_return decode_credentials(*row);
}

Task<Result<AccountPtr>> Accounts::find(AccountId id) {
    if (auto cached = state_->accounts.find(id)) {
        co_return std::move(*cached);
    }
    const auto stamp = state_->accounts.stamp(id);
    CO_TRY(const auto row, co_await state_->environment.store.get(account_key(id)));
    if (!row) {
        co_return fail(ErrorCode::kNotFound, std::string(kNoSuchAccount));
    }
    CO_TRY(Account account, decode_account(*row));
    AccountPtr shared = std::make_shared<const Account>(std::move(account));
    state_->accounts.insert(id, shared, stamp);
    co_return shared;
}

Task<Result<AccountPtr>> Accounts::find_by_name(std::string username) {
    CO_TRY(const AccountId id, co_await state_->id_of_name(ascii_lower(username)));
    if (!id) {
        co_return fail(ErrorCode::kNotFound, std::string(kNoSuchAccount));
    }
    co_return co_await find(id);
}

Task<Result<std::vector<AccountPtr>>> Accounts::find_many(std::vector<AccountId> ids) {
    std::vector<AccountPtr> found(ids.size());
    std::vector<Missing> missing;
    std::vector<ports::Key> keys;
    state_->accounts.find_many(
        ids,
        [&](std::size_t i, const AccountPtr& account) { found[i] = account; },
        [&](std::size_t i, AccountCache::Stamp stamp) {
            missing.push_back({i, stamp.generation});
            keys.push_back(account_key(ids[i]));
        }
    );
    if (missing.empty()) {
        co_return found;
    }
    CO_TRY(const auto rows, co_await state_->environment.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const std::optional<std::string>& row = rows[i];
        if (!row) {
            continue;
        }
        CO_TRY(Account account, decode_account(*row));
        AccountPtr& place = found[missing[i].position];
        place = std::make_shared<const Account>(std::move(account));
        state_->accounts.insert(place->id, place, {missing[i].generation});
    }
    co_return found;
}

Task<Result<std::vector<AccountCounts>>> Accounts::counts(std::vector<AccountId> ids) {
    std::vector<AccountCounts> found(ids.size());
    std::vector<Missing> missing;
    std::vector<ports::Key> keys;
    state_->counts.find_many(
        ids,
        [&](std::size_t i, const AccountCounts& counts) { found[i] = counts; },
        [&](std::size_t i, AccountCountsCache::Stamp stamp) {
            missing.push_back({i, stamp.generation});
            keys.push_back(account_counters_key(ids[i]));
        }
    );
    if (missing.empty()) {
        co_return found;
    }
    CO_TRY(const auto rows, co_await state_->environment.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const AccountId id = ids[missing[i].position];
        AccountCounts& counts = found[missing[i].position];
        const std::optional<std::string>& row = rows[i];
        if (row) {
            CO_TRY(const auto numbers, ports::decode_counters(*row));
            counts = {.followers = numbers[0], .following = numbers[1], .posts = numbers[2]};
        }
        if (counts.posts > 0) {
            CO_TRY(counts.last_post_at_ms, co_await newest_post_at(&state_->environment.store, id));
        }
        state_->counts.insert(id, counts, {missing[i].generation});
    }
    co_return found;
}

Task<Result<std::string>> Accounts::email(AccountId id) {
    CO_TRY(Credentials credentials, co_await state_->credentials(id));
    co_return std::move(credentials.email);
}

void Accounts::on_committed(const SocialEvent& event) {
    switch (event.type) {
        case EventType::kAccountCreated:
        case EventType::kAccountUpdated:
        case EventType::kAccountSuspended:
            state_->accounts.erase(event.actor);
            break;
        case EventType::kFollowed:
        case EventType::kUnfollowed:
            state_->counts.erase(event.actor);
            state_->counts.erase(event.target);
            break;
        case EventType::kPostCreated:
        case EventType::kPostEdited:  // one that became direct counts no more
        case EventType::kPostDeleted:
            state_->counts.erase(event.actor);
            break;
        case EventType::kGraphImported:
            state_->accounts.clear();
            state_->counts.clear();
            break;
        default:
            break;
    }
}

}  // namespace rookery::social
