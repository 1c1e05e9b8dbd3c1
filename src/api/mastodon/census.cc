#include "api/mastodon/census.h"

#include <algorithm>
#include <string>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr UnixMs kDayMs = 86'400'000;
constexpr UnixMs kFreshMs = 600'000;
constexpr std::size_t kBatch = 1000;

}  // namespace

Task<Result<FiguresPtr>> Census::figures() {
    const UnixMs now = clock_.now_ms();
    {
        const std::lock_guard lock(mutex_);
        if (counted_ && (counting_ || now - counted_at_ms_ < kFreshMs)) {
            co_return with_changes(*counted_);
        }
        counting_ = true;
        accounts_since_ = 0;
        posts_since_ = 0;
        newcomers_.clear();
    }
    auto counted = co_await count();
    const std::lock_guard lock(mutex_);
    counting_ = false;
    if (!counted) {
        co_return std::move(counted).error();
    }
    counted_ = std::make_shared<const Figures>(std::move(*counted));
    counted_at_ms_ = now;
    co_return with_changes(*counted_);
}

FiguresPtr Census::with_changes(const Figures& counted) const {
    auto figures = std::make_shared<Figures>(counted);
    figures->accounts += accounts_since_;
    figures->posts += posts_since_;
    std::vector<AccountId> newest(newcomers_.rbegin(), newcomers_.rend());
    for (const AccountId id : counted.newest) {
        if (std::ranges::find(newest, id) == newest.end()) {
            newest.push_back(id);
        }
    }
    figures->newest = std::move(newest);
    return figures;
}

Task<Result<Figures>> Census::count() const {
    const UnixMs now = clock_.now_ms();
    Figures figures;
    Candidates followed;
    Candidates newest;
    Candidates active;
    std::string after;
    for (;;) {
        CO_TRY(const auto accounts, co_await accounts_.list(after, kBatch));
        std::vector<AccountId> ids;
        ids.reserve(accounts.size());
        for (const social::AccountPtr& account : accounts) {
            ids.push_back(account->id);
        }
        CO_TRY(const auto counts, co_await accounts_.counts(std::move(ids)));
        for (std::size_t i = 0; i < accounts.size(); ++i) {
            const social::Account& account = *accounts[i];
            if (account.suspended) {
                continue;
            }
            const UnixMs last_post = counts[i].last_post_at_ms;
            ++figures.accounts;
            figures.posts += counts[i].posts;
            figures.active_month += last_post != 0 && now - last_post < 30 * kDayMs ? 1 : 0;
            figures.active_half_year += last_post != 0 && now - last_post < 180 * kDayMs ? 1 : 0;
            if (!account.discoverable) {
                continue;
            }
            newest.push_back({account.created_at_ms, account.id});
            if (counts[i].followers != 0) {
                followed.push_back({counts[i].followers, account.id});
            }
            if (last_post != 0) {
                active.push_back({last_post, account.id});
            }
        }
        keep_best(followed, kListed);
        keep_best(newest, kListed);
        keep_best(active, kListed);
        if (accounts.size() < kBatch) {
            break;
        }
        after = accounts.back()->username;
    }
    figures.most_followed = ranked(std::move(followed));
    figures.newest = ranked(std::move(newest));
    figures.latest_active = ranked(std::move(active));
    co_return figures;
}

void Census::keep_best(Candidates& candidates, std::size_t count) {
    if (candidates.size() > count) {
        std::ranges::nth_element(
            candidates,
            candidates.begin() + static_cast<std::ptrdiff_t>(count),
            std::ranges::greater{},
            &Candidate::rank
        );
        candidates.resize(count);
    }
}

std::vector<AccountId> Census::ranked(Candidates candidates) {
    std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank > b.rank : a.account < b.account;
    });
    std::vector<AccountId> ids;
    ids.reserve(candidates.size());
    for (const Candidate& candidate : candidates) {
        ids.push_back(candidate.account);
    }
    return ids;
}

void Census::on_committed(const social::SocialEvent& event) {
    const std::lock_guard lock(mutex_);
    switch (event.type) {
        case social::EventType::kAccountCreated:
            ++accounts_since_;
            if (newcomers_.size() < kListed) {
                newcomers_.push_back(event.actor);
            }
            break;
        case social::EventType::kPostCreated:
            ++posts_since_;
            break;
        case social::EventType::kPostDeleted:
            --posts_since_;
            break;
        default:
            break;
    }
}

}  // namespace rookery::api::mastodon
