#pragma once

#include "base/task.h"
#include "discover/trends/crowd.h"
#include "discover/trends/ledger.h"
#include "discover/trends/trend.h"
#include "ports/store.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/hashtags.h"
#include "social/posts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rookery::discover::trends {

/// Looks at a thing that stands out by numbers as everything is now: which of the uses are still
/// there, and what each is worth. Thread-safe.
class Jury {
public:
    /// All outlive it.
    Jury(
        const TrendLimits& limits,
        social::Environment environment,
        social::Accounts& accounts,
        social::Posts& posts
    )
        : limits_(limits),
          environment_(environment),
          accounts_(accounts),
          posts_(posts),
          hashtags_(std::move(environment)) {}

    /// Nothing if it does not trend. `crowd` outlives the call. The review is not asked for.
    [[nodiscard]] Task<Result<std::optional<Trend>>>
    judge(Kind kind, Item item, UnixMs now_ms, Crowd* crowd);

private:
    /// A use of today or yesterday.
    struct Recent {
        Use use;
        double scale = 1;  ///< so many accounts it stands for
    };
    /// The posts that uses point to; lives in judge()'s frame.
    using Posts = std::unordered_map<PostId, social::PostPtr>;
    /// What is found out about an item; lives in judge()'s frame.
    struct Case {
        Kind kind;
        Item item;
        UnixMs now_ms;
        Crowd* crowd;
        Posts posts;
        std::vector<Recent> recent;
    };

    [[nodiscard]] Task<Result<void>> read_posts(Case* of);
    [[nodiscard]] Task<Result<void>> drop_withdrawn(Case* of);
    [[nodiscard]] Task<Result<void>> drop_withdrawn_reactions(Case* of);
    [[nodiscard]] bool still_says(const Case& of, const Use& use) const;
    [[nodiscard]] Task<Result<bool>> author_lets_trend(const Case* of);
    /// Fills in score and voices.
    [[nodiscard]] Task<Result<void>> weigh(const Case* of, Trend* trend);
    [[nodiscard]] Task<Result<std::vector<WeighedUse>>> weigh_past(const Case* of);
    [[nodiscard]] Task<Result<social::TagHistory>> history(const Case* of);

    const TrendLimits limits_;
    social::Environment environment_;
    social::Accounts& accounts_;
    social::Posts& posts_;
    social::Hashtags hashtags_;
};

}  // namespace rookery::discover::trends
