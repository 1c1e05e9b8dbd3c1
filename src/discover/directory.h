#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "discover/derived_state.h"
#include "discover/ranked_accounts.h"
#include "ports/store.h"
#include "social/accounts.h"
#include "social/event.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover {

/// Everybody who wants to be discovered, in the two orders of the directory, in memory: about 100
/// bytes each. Read from the store in steps at the start and after imports; a post moves its author
/// at once, and what an account says of itself counts within moments. Thread-safe.
class Directory final : public DerivedState {
public:
    enum class Order : std::uint8_t {
        kActive,  ///< by the newest post that is not direct; who never posted stands at the end
        kNew,     ///< by the time of sign-up
    };

    /// Both outlive it.
    Directory(ports::Store& store, social::Accounts& accounts)
        : store_(store), accounts_(accounts) {}

    [[nodiscard]] std::string_view what() const override { return "the directory"; }
    [[nodiscard]] Task<Result<bool>> work() override;

    /// Called for every committed event.
    void on_committed(const social::SocialEvent& event);

    /// False until everybody was read for the first time.
    [[nodiscard]] bool ready() const;

    /// At most `limit` accounts from place `offset` on, as if none of `left_out`, which rises, were
    /// there. Some may have changed a moment ago: the caller looks at each.
    [[nodiscard]] std::vector<AccountId> page(
        Order order,
        std::span<const AccountId> left_out,
        std::size_t offset,
        std::size_t limit
    ) const;
    [[nodiscard]] std::size_t size() const;

private:
    /// What an account is ranked by.
    struct Standing {
        UnixMs created_at_ms = 0;
        UnixMs posted_at_ms = 0;  ///< 0: never
    };
    struct Lists {
        boost::unordered_flat_map<std::uint64_t, Standing> standings;
        RankedAccounts active;
        RankedAccounts newest;

        void set(AccountId account, std::optional<Standing> standing);
        void move_up(AccountId account, UnixMs posted_at_ms);
    };
    struct Found {
        AccountId account;
        std::optional<Standing> standing;  ///< nothing: not to be listed
    };
    struct Build {
        std::string after_name;
        Lists lists;
    };

    [[nodiscard]] Task<Result<void>> build_on();
    [[nodiscard]] Task<Result<bool>> review();
    [[nodiscard]] Task<Result<std::vector<Found>>> look_at(std::vector<social::AccountPtr> accounts
    );

    ports::Store& store_;
    social::Accounts& accounts_;

    mutable std::mutex mutex_;
    // Under mutex_:
    Lists lists_;
    bool ready_ = false;
    bool build_wanted_ = true;
    bool building_ = false;
    std::set<AccountId> reviews_;
    std::set<AccountId> looked_at_;  ///< by a review at this moment, and nothing happened since

    std::optional<Build> build_;  ///< of work() alone
};

}  // namespace rookery::discover
