#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "social/accounts.h"
#include "social/event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace rookery::api::mastodon {

/// How much there is on this server, and who stands out. Suspended accounts do not count.
struct Figures {
    std::int64_t accounts = 0;
    std::int64_t posts = 0;
    std::int64_t active_month = 0;         ///< accounts that posted within 30 days
    std::int64_t active_half_year = 0;     ///< within 180 days
    std::vector<AccountId> most_followed;  ///< of those who want to be discovered, like the others
    std::vector<AccountId> newest;
    std::vector<AccountId> latest_active;  ///< by their newest post
};
using FiguresPtr = std::shared_ptr<const Figures>;

/// Counts the server by going through its accounts, once in ten minutes at most and only when
/// somebody asks; in between it adds what is committed. Thread-safe.
class Census {
public:
    /// The length of the lists of Figures.
    static constexpr std::size_t kListed = 400;

    Census(social::Accounts& accounts, const Clock& clock) : accounts_(accounts), clock_(clock) {}

    /// The first call counts; while one counts anew, others get the numbers of before.
    [[nodiscard]] Task<Result<FiguresPtr>> figures();

    void on_committed(const social::SocialEvent& event);

private:
    struct Candidate {
        std::int64_t rank = 0;
        AccountId account;
    };
    /// The best so far, in no order; see keep_best().
    using Candidates = std::vector<Candidate>;
    static void keep_best(Candidates& candidates, std::size_t count);
    static std::vector<AccountId> ranked(Candidates candidates);

    [[nodiscard]] Task<Result<Figures>> count() const;
    [[nodiscard]] FiguresPtr with_changes(const Figures& counted) const;

    social::Accounts& accounts_;
    const Clock& clock_;
    std::mutex mutex_;
    bool counting_ = false;
    FiguresPtr counted_;  ///< null: never counted
    UnixMs counted_at_ms_ = 0;
    std::int64_t accounts_since_ = 0;
    std::int64_t posts_since_ = 0;
    std::vector<AccountId> newcomers_;  ///< since the count; newest last
};

}  // namespace rookery::api::mastodon
