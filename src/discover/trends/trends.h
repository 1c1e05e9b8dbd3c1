#pragma once

#include "base/metrics.h"
#include "base/task.h"
#include "discover/derived_state.h"
#include "discover/trends/feeder.h"
#include "discover/trends/jury.h"
#include "discover/trends/ledger.h"
#include "discover/trends/reviews.h"
#include "discover/trends/trend.h"
#include "feed/timelines.h"
#include "social/accounts.h"
#include "social/environment.h"
#include "social/posts.h"
#include "social/viewers.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::discover::trends {

/// Who asks for a list.
enum class Audience : std::uint8_t { kEverybody, kModerators };

/// What everybody talks about: from time to time, things that stand out in the ledger are judged,
/// and the best make the lists that are read until the next time. Thread-safe.
class Trends final : public DerivedState {
public:
    /// All outlive it.
    Trends(
        TrendLimits limits,
        social::Environment environment,
        ports::Partitions& partitions,
        social::Accounts& accounts,
        social::Posts& posts,
        feed::Timelines& timelines
    );

    [[nodiscard]] std::string_view what() const override { return "what trends"; }
    [[nodiscard]] Task<Result<void>> start() override;
    [[nodiscard]] Task<Result<bool>> work() override;

    /// Hears of what people do.
    [[nodiscard]] events::Consumer& consumer() { return feeder_; }

    /// Tags or links, best first; with those in one of the languages (ISO 639-1) before the others.
    /// Moderators get what was rejected or waits for them, too.
    [[nodiscard]] std::vector<Trend>
    list(Kind kind, Audience audience, const std::vector<std::string>& languages) const;

    /// The same of posts, as `viewer` (null: signed out) may and wants to see them now, with only
    /// the best few of an author.
    [[nodiscard]] Task<Result<feed::Page>>
    posts(social::ViewerPtr viewer, Audience audience, std::vector<std::string> languages);

    /// The posts that share the link and that the viewer may and wants to see, newest first; of
    /// those in the ledger. None if the link does not trend.
    [[nodiscard]] Task<Result<feed::Page>> link_posts(social::ViewerPtr viewer, std::string url);

    /// Remembers the decision, and obeys it from now on. What it is about as it then stands;
    /// kNotFound if it is neither in use nor was ever reviewed. `review` is not kNone.
    [[nodiscard]] Task<Result<Trend>>
    decide(Kind kind, std::uint64_t id, Review review, AccountId moderator);

    [[nodiscard]] const TrendLimits& limits() const { return limits_; }
    void expose(metrics::Registry& registry) const;

private:
    using List = std::shared_ptr<const std::vector<Trend>>;

    /// The judging of all that stands out at one moment.
    struct Round {
        UnixMs now_ms = 0;
        Crowd crowd;
        std::vector<std::pair<Kind, std::uint64_t>> waiting;
        std::array<std::vector<Trend>, kKinds.size()> found;
    };

    void begin_round();
    [[nodiscard]] Task<Result<void>> judge_next();
    [[nodiscard]] Task<Result<void>> publish();
    [[nodiscard]] Task<Result<void>> publish_list(Kind kind, std::vector<Trend> found);
    [[nodiscard]] List current(Kind kind) const;
    void note_decision(Kind kind, std::uint64_t id, Review review);

    const TrendLimits limits_;
    social::Environment environment_;
    social::Accounts& accounts_;
    feed::Timelines& timelines_;
    Ledger ledger_;
    Feeder feeder_;
    Jury jury_;
    Reviews reviews_;

    // Of work() alone:
    std::unique_ptr<Round> round_;
    std::optional<std::chrono::steady_clock::time_point> next_round_;

    mutable std::mutex mutex_;
    // Under mutex_:
    std::array<List, kKinds.size()> lists_;
    std::uint64_t decisions_ = 0;  ///< made since the start
};

}  // namespace rookery::discover::trends
