#include "discover/people/people_indexer.h"

#include "discover/people/person.h"

#include <algorithm>
#include <utility>

namespace rookery::discover {

using social::EventType;
using social::SocialEvent;

Task<Result<ports::Batch>> PeopleIndexer::handle(std::span<const ports::StoredEvent> events) {
    std::vector<AccountId> changed;
    for (const ports::StoredEvent& stored : events) {
        CO_TRY(const SocialEvent event, social::decode(stored));
        const std::scoped_lock lock(mutex_);
        switch (event.type) {
            case EventType::kAccountCreated:
            case EventType::kAccountUpdated:
            case EventType::kAccountSuspended:
                changed.push_back(event.actor);
                break;
            case EventType::kFollowed:
            case EventType::kUnfollowed:
                to_count_.insert(event.target);
                break;
            case EventType::kGraphImported:
                fill_wanted_ = true;
                break;
            default:
                break;
        }
    }
    {
        const std::scoped_lock lock(mutex_);
        if (watching_) {
            touched_.insert(changed.begin(), changed.end());
        }
    }
    CO_CHECK(co_await refresh(std::move(changed)));
    co_return ports::Batch{};
}

Task<Result<void>> PeopleIndexer::refresh(std::vector<AccountId> ids) {
    std::ranges::sort(ids);
    const auto twice = std::ranges::unique(ids);
    ids.erase(twice.begin(), twice.end());
    if (ids.empty()) {
        co_return Result<void>{};
    }
    CO_TRY(const auto accounts, co_await accounts_.find_many(ids));
    CO_TRY(const auto tallies, co_await accounts_.tallies(ids));
    std::vector<names::Entry> entries;
    std::vector<std::uint64_t> erased;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (accounts[i] && !accounts[i]->suspended) {
            entries.push_back(
                person_entry(*accounts[i], tallies[i].followers, config_.bio_words_max)
            );
        } else {
            erased.push_back(ids[i].value);
        }
    }
    index_.apply(entries, erased);
    co_return Result<void>{};
}

Task<Result<void>> PeopleIndexer::refresh_beside(std::vector<AccountId> ids) {
    while (!ids.empty()) {
        {
            const std::scoped_lock lock(mutex_);
            watching_ = true;
            touched_.clear();
        }
        CO_CHECK(co_await refresh(ids));
        const std::scoped_lock lock(mutex_);
        watching_ = false;
        std::erase_if(ids, [this](AccountId id) { return !touched_.contains(id); });
    }
    co_return Result<void>{};
}

bool PeopleIndexer::is_filling() const {
    const std::scoped_lock lock(mutex_);
    return filling_ || fill_wanted_;
}

Task<Result<bool>> PeopleIndexer::work() {
    merge_.begin_if_due();
    bool filling = false;
    {
        const std::scoped_lock lock(mutex_);
        if (!filling_ && fill_wanted_) {
            fill_wanted_ = false;
            filling_ = true;
            filled_up_to_.clear();
        }
        filling = filling_;
    }
    if (filling) {
        CO_CHECK(co_await fill_on());
        co_return true;
    }
    co_return co_await count_followers();
}

Task<Result<void>> PeopleIndexer::fill_on() {
    CO_TRY(const auto accounts, co_await accounts_.list(filled_up_to_, config_.step_accounts));
    std::vector<AccountId> ids;
    ids.reserve(accounts.size());
    for (const social::AccountPtr& account : accounts) {
        ids.push_back(account->id);
    }
    CO_CHECK(co_await refresh_beside(std::move(ids)));
    if (!accounts.empty()) {
        filled_up_to_ = accounts.back()->username;
    }
    if (accounts.size() < config_.step_accounts) {
        const std::scoped_lock lock(mutex_);
        filling_ = false;
        // Another is wanted where something came without a word behind this one's back.
        is_complete_ = is_complete_ || !fill_wanted_;
    }
    co_return Result<void>{};
}

Task<Result<bool>> PeopleIndexer::count_followers() {
    std::vector<AccountId> ids;
    {
        const std::scoped_lock lock(mutex_);
        while (!to_count_.empty() && ids.size() < config_.step_accounts) {
            ids.push_back(to_count_.extract(to_count_.begin()).value());
        }
    }
    if (ids.empty()) {
        co_return false;
    }
    auto moved = co_await those_moved(ids);
    auto done = moved ? co_await refresh_beside(std::move(*moved)) : std::move(moved).error();
    if (!done) {
        const std::scoped_lock lock(mutex_);
        to_count_.insert(ids.begin(), ids.end());
        co_return std::move(done).error();
    }
    co_return true;
}

Task<Result<std::vector<AccountId>>> PeopleIndexer::those_moved(std::vector<AccountId> ids) {
    CO_TRY(const auto tallies, co_await accounts_.tallies(ids));
    std::vector<AccountId> moved;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto rank = index_.rank(ids[i].value);
        if (rank && *rank != names::rank_of(tallies[i].followers)) {
            moved.push_back(ids[i]);
        }
    }
    co_return moved;
}

}  // namespace rookery::discover
