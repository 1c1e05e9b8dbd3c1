#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "ports/store.h"
#include "social/accounts.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace rookery::discover::trends {

struct CrowdLimits {
    /// The voice of an account grows to its full worth over its first days.
    std::int64_t account_age_full_ms = std::int64_t{3} * 24 * 3600 * 1000;
    /// With so many followers that do not take part themselves, a voice is worth half.
    double followers_half = 3;
    /// Of an account's followers, so many are looked at, the newest.
    std::size_t followers_read_max = 100;
};

/// What is known of an account whose voice is to be weighed.
struct Voice {
    bool counts = false;  ///< it exists and is not suspended
    UnixMs created_at_ms = 0;
    /// Followers outside of the crowd, as far as one can tell.
    double listeners = 0;
};

/// From 0 to 1: how much it says that this account used something at this time.
///
/// By age: an account is made in a moment, so a new one says nothing, and says more each day. (What
/// was used before the account was made here came with an import, whose operator vouches for it.)
///
/// By listeners: an account speaks for those who chose to hear it. Followers who take part in the
/// same thing are not counted again, since each of them is weighed as a voice already: so a ring of
/// accounts that follow and boost but each other has no listeners, however large it is and however
/// many followers each of them has, while among people whom others follow, each counts nearly full.
[[nodiscard]] double worth(const Voice& voice, UnixMs used_at_ms, const CrowdLimits& limits);

/// Of one crowd: how many accounts each of those that are known stands for.
using Participants = std::unordered_map<AccountId, double>;

/// Finds out about accounts, each once. For one coroutine at a time; made anew for each round,
/// so that it is never older than that.
class Crowd {
public:
    /// All outlive it.
    Crowd(const CrowdLimits& limits, ports::Store& store, social::Accounts& accounts)
        : limits_(limits), store_(store), accounts_(accounts) {}

    /// In the order of `ids`. `participants` outlives the call.
    [[nodiscard]] Task<Result<std::vector<Voice>>>
    voices(std::vector<AccountId> ids, const Participants* participants);
    /// The same with all followers as listeners, which takes fewer reads: for those of the past, of
    /// whom only an average is wanted.
    [[nodiscard]] Task<Result<std::vector<Voice>>> past_voices(std::vector<AccountId> ids);

private:
    struct Known {
        social::AccountPtr account;  ///< null: there is none
        double followers = 0;
        bool followers_read = false;
        std::vector<AccountId> newest_followers;
    };

    [[nodiscard]] Task<Result<void>> learn(std::vector<AccountId> ids);
    [[nodiscard]] Task<Result<void>> read_followers(std::vector<AccountId> ids);
    /// `participants` null: nobody.
    [[nodiscard]] std::vector<Voice>
    weigh(const std::vector<AccountId>& ids, const Participants* participants);
    [[nodiscard]] static double listeners(const Known& known, const Participants& participants);

    const CrowdLimits limits_;
    ports::Store& store_;
    social::Accounts& accounts_;
    std::unordered_map<AccountId, Known> known_;
};

}  // namespace rookery::discover::trends
