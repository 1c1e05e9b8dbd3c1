#include "api/mastodon/server_stats.h"

#include <utility>
#include <vector>

namespace rookery::api::mastodon {

namespace {

constexpr UnixMs kDayMs = 86'400'000;
constexpr UnixMs kFreshMs = 600'000;

}  // namespace

Task<Result<Usage>> ServerStats::usage() {
    const UnixMs now = clock_.now_ms();
    {
        const std::lock_guard lock(mutex_);
        const bool known = counted_at_ms_ != 0;
        const bool fresh = known && now - counted_at_ms_ < kFreshMs;
        if (fresh || (known && counting_)) {
            co_return counted_;
        }
        counting_ = true;
    }
    auto counted = co_await count();
    const std::lock_guard lock(mutex_);
    counting_ = false;
    if (!counted) {
        co_return std::move(counted).error();
    }
    counted_ = *counted;
    counted_at_ms_ = now;
    co_return counted_;
}

Task<Result<Usage>> ServerStats::count() const {
    constexpr std::size_t kBatch = 1000;
    const UnixMs now = clock_.now_ms();
    Usage usage;
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
            if (accounts[i]->suspended) {
                continue;
            }
            ++usage.accounts;
            usage.posts += counts[i].posts;
            const UnixMs age = now - counts[i].last_post_at_ms;
            usage.active_month += counts[i].last_post_at_ms != 0 && age < 30 * kDayMs ? 1 : 0;
            usage.active_half_year += counts[i].last_post_at_ms != 0 && age < 180 * kDayMs ? 1 : 0;
        }
        if (accounts.size() < kBatch) {
            co_return usage;
        }
        after = accounts.back()->username;
    }
}

void ServerStats::on_committed(const social::SocialEvent& event) {
    const std::lock_guard lock(mutex_);
    switch (event.type) {
        case social::EventType::kAccountCreated:
            ++counted_.accounts;
            break;
        case social::EventType::kPostCreated:
            ++counted_.posts;
            break;
        case social::EventType::kPostDeleted:
            --counted_.posts;
            break;
        default:
            break;
    }
}

}  // namespace rookery::api::mastodon
