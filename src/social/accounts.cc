#include "social/accounts.h"

#include "base/encoding.h"
#include "social/accounts_state.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::string_view kNoSuchAccount = "Record not found";

/// What loading an account's counts takes; positions are those in the list asked for.
struct Missing {
    std::size_t position = 0;
    std::uint64_t generation = 0;
};

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

AccountPtr Accounts::find_at_once(AccountId id) {
    return state_->accounts.find(id).value_or(nullptr);
}

void Accounts::fetch_ahead(AccountId id, FetchStep step) {
    state_->accounts.fetch_ahead(id, step);
}

Task<Result<AccountPtr>> Accounts::find(AccountId id) {
    if (auto cached = find_at_once(id)) {
        co_return cached;
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
    CO_TRY(auto found, co_await tallies(ids));
    CO_CHECK(co_await state_->add_last_posts(std::move(ids), &found));
    co_return found;
}

Task<Result<std::vector<AccountCounts>>> Accounts::tallies(std::vector<AccountId> ids) {
    std::vector<AccountCounts> found(ids.size());
    std::vector<Missing> missing;
    std::vector<ports::Key> keys;
    state_->tallies.find_many(
        ids,
        [&](std::size_t i, const Tally& tally) { found[i] = tally.counts; },
        [&](std::size_t i, TallyCache::Stamp stamp) {
            missing.push_back({i, stamp.generation});
            keys.push_back(account_counters_key(ids[i]));
        }
    );
    if (missing.empty()) {
        co_return found;
    }
    CO_TRY(const auto rows, co_await state_->environment.store.multi_get(std::move(keys)));
    const ports::EventId frontier = state_->environment.store.frontier();
    for (std::size_t i = 0; i < missing.size(); ++i) {
        AccountCounts& counts = found[missing[i].position];
        const std::optional<std::string>& row = rows[i];
        if (row) {
            CO_TRY(const auto numbers, ports::decode_counters(*row));
            counts = {.followers = numbers[0], .following = numbers[1], .posts = numbers[2]};
        }
        const AccountId id = ids[missing[i].position];
        state_->tallies.insert(id, {counts, frontier}, {missing[i].generation});
    }
    co_return found;
}

Task<Result<void>>
Accounts::State::add_last_posts(std::vector<AccountId> ids, std::vector<AccountCounts>* counts) {
    std::vector<AccountId> authors;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if ((*counts)[i].posts > 0) {
            authors.push_back(ids[i]);
            places.push_back(i);
        }
    }
    std::vector<Missing> missing;
    std::vector<ports::Range> ranges;
    last_posts.find_many(
        authors,
        [&](std::size_t i, UnixMs at) { (*counts)[places[i]].last_post_at_ms = at; },
        [&](std::size_t i, ShardedCache<AccountId, UnixMs>::Stamp stamp) {
            missing.push_back({i, stamp.generation});
            ranges.push_back(
                {.table = tables::kAuthorPosts,
                 .partition = tables::id_bytes(authors[i]),
                 .limit = 1}
            );
        }
    );
    if (missing.empty()) {
        co_return Result<void>();
    }
    CO_TRY(const auto rows, co_await environment.store.scan_many(std::move(ranges)));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (!rows[i].empty()) {
            const std::size_t place = missing[i].position;
            const UnixMs at = id_time_ms(tables::parse_newest_first(rows[i].front().sort));
            (*counts)[places[place]].last_post_at_ms = at;
            last_posts.insert(authors[place], at, {missing[i].generation});
        }
    }
    co_return Result<void>();
}

Task<Result<std::string>> Accounts::email(AccountId id) {
    CO_TRY(Credentials credentials, co_await state_->credentials(id));
    co_return std::move(credentials.email);
}

/// Counts what is cached on, so that an author's next post finds it: reading it again would cost
/// more than the rest of the answer.
void Accounts::State::count_post(const SocialEvent& event) {
    tallies.update(event.actor, [&event](Tally& tally) {
        if (event.id <= tally.frontier) {
            return false;  // it may have been counted when this was read
        }
        tally.counts.posts += event.is_direct ? 0 : 1;
        return true;
    });
    last_posts.update(event.actor, [&event](UnixMs& at) {
        at = std::max(at, id_time_ms(event.post.value));
        return true;
    });
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
            state_->tallies.erase(event.actor);
            state_->tallies.erase(event.target);
            break;
        case EventType::kPostCreated:
            state_->count_post(event);
            break;
        case EventType::kPostDeleted:
            state_->last_posts.erase(event.actor);
            [[fallthrough]];
        case EventType::kPostEdited:  // one that became direct counts no more
            state_->tallies.erase(event.actor);
            break;
        case EventType::kGraphImported:
            state_->accounts.clear();
            state_->tallies.clear();
            state_->last_posts.clear();
            break;
        default:
            break;
    }
}

}  // namespace rookery::social
