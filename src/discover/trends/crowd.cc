#include "discover/trends/crowd.h"

#include "social/tables.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rookery::discover::trends {

namespace tables = social::tables;

double worth(const Voice& voice, UnixMs used_at_ms, const CrowdLimits& limits) {
    if (!voice.counts || voice.listeners <= 0) {
        return 0;
    }
    const auto age_ms = static_cast<double>(used_at_ms - voice.created_at_ms);
    const auto full_ms = static_cast<double>(limits.account_age_full_ms);
    const double by_age = age_ms < 0 || age_ms >= full_ms ? 1.0 : age_ms / full_ms;
    return by_age * voice.listeners / (voice.listeners + limits.followers_half);
}

Task<Result<void>> Crowd::learn(std::vector<AccountId> ids) {
    std::erase_if(ids, [this](AccountId id) { return known_.contains(id); });
    if (ids.empty()) {
        co_return Result<void>();
    }
    CO_TRY(const auto accounts, co_await accounts_.find_many(ids));
    CO_TRY(const auto tallies, co_await accounts_.tallies(ids));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Known& known = known_[ids[i]];
        known.account = accounts[i];
        known.followers = static_cast<double>(std::max<std::int64_t>(0, tallies[i].followers));
    }
    co_return Result<void>();
}

Task<Result<void>> Crowd::read_followers(std::vector<AccountId> ids) {
    std::erase_if(ids, [this](AccountId id) {
        const Known& known = known_[id];
        return known.followers_read || !known.account || known.followers == 0;
    });
    std::vector<ports::Range> ranges;
    for (const AccountId id : ids) {
        ports::Range range{.table = tables::kFollowers, .partition = tables::id_bytes(id)};
        range.limit = limits_.followers_read_max;
        ranges.push_back(std::move(range));
    }
    if (ranges.empty()) {
        co_return Result<void>();
    }
    CO_TRY(const auto lists, co_await store_.scan_many(std::move(ranges)));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Known& known = known_[ids[i]];
        known.followers_read = true;
        for (const ports::Row& row : lists[i]) {
            known.newest_followers.emplace_back(tables::parse_id_bytes(row.value));
        }
    }
    co_return Result<void>();
}

double Crowd::listeners(const Known& known, const Participants& participants) {
    if (known.newest_followers.empty()) {
        return 0;
    }
    double known_inside = 0;
    double inside = 0;
    for (const AccountId follower : known.newest_followers) {
        const auto found = participants.find(follower);
        if (found != participants.end()) {
            known_inside += 1;
            inside += found->second;
        }
    }
    const auto read = static_cast<double>(known.newest_followers.size());
    const bool is_sampled = inside > known_inside;
    if (known_inside > 0 && (is_sampled || read < known.followers)) {
        // Two standard errors more of what was found by chance: a voice must be heard for certain.
        inside *= 1 + 2 / std::sqrt(known_inside);
    }
    if (is_sampled) {
        inside *= 1 + 2 / std::sqrt(static_cast<double>(participants.size()));
    }
    return known.followers * (1 - std::min(1.0, inside / read));
}

std::vector<Voice>
Crowd::weigh(const std::vector<AccountId>& ids, const Participants* participants) {
    std::vector<Voice> voices;
    voices.reserve(ids.size());
    for (const AccountId id : ids) {
        const Known& known = known_[id];
        Voice voice;
        if (known.account && !known.account->suspended) {
            voice.counts = true;
            voice.created_at_ms = known.account->created_at_ms;
            voice.listeners =
                participants == nullptr ? known.followers : listeners(known, *participants);
        }
        voices.push_back(voice);
    }
    return voices;
}

Task<Result<std::vector<Voice>>>
Crowd::voices(std::vector<AccountId> ids, const Participants* participants) {
    CO_CHECK(co_await learn(ids));
    CO_CHECK(co_await read_followers(ids));
    co_return weigh(ids, participants);
}

Task<Result<std::vector<Voice>>> Crowd::past_voices(std::vector<AccountId> ids) {
    CO_CHECK(co_await learn(ids));
    co_return weigh(ids, nullptr);
}

}  // namespace rookery::discover::trends
