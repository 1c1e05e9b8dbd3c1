#pragma once

#include "base/result.h"
#include "base/task.h"
#include "discover/derived_state.h"
#include "discover/graph/graph_builder.h"
#include "discover/graph/live_graph.h"
#include "ports/store.h"
#include "social/accounts.h"
#include "social/event.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rookery::discover {

struct GraphKeeperConfig {
    /// Follows kept in memory: 4 to 8 bytes each, both ways. If there are more, only the newest
    /// follows of those who follow the most are kept, by the one limit with which it fits.
    std::uint64_t edges_max = 100'000'000;
    LiveGraphConfig live;
};

/// Keeps a FollowGraph like the follows that are stored. It is read from the store in steps at the
/// start, and again after an import; in between every committed follow and unfollow is noted before
/// it is acknowledged, in the order of commits, so what is acknowledged is in the next graph that
/// anybody looks at. What a graph must know of accounts is read within moments of their changes.
class GraphKeeper final : public DerivedState {
public:
    /// Both outlive it.
    GraphKeeper(GraphKeeperConfig config, ports::Store& store, social::Accounts& accounts)
        : config_(config), store_(store), accounts_(accounts), live_(config.live) {}

    [[nodiscard]] std::string_view what() const override { return "the graph of follows"; }
    [[nodiscard]] Task<Result<bool>> work() override;

    /// Called for every committed event, before the commit is acknowledged.
    void on_committed(const social::SocialEvent& event);

    /// The graph of this moment; null until it was read for the first time.
    [[nodiscard]] FollowGraphPtr graph() { return complete_ ? live_.now() : nullptr; }

    /// Who has the most followers of those who may be suggested, the most followed first; in a
    /// small community a moment old, in a large one as of the last few thousand follows. Never
    /// null.
    [[nodiscard]] std::shared_ptr<const std::vector<AccountId>> most_followed();

    struct Figures {
        bool complete = false;
        bool building = false;
        std::uint64_t accounts = 0;
        std::uint64_t follows = 0;
        std::uint64_t bytes = 0;
        /// So many follows of an account are kept at most; 0: all.
        std::uint64_t follows_of_one_max = 0;
        std::uint64_t built = 0;  ///< times that it was read from the store
    };
    [[nodiscard]] Figures figures();

private:
    struct ReadAccount {
        AccountId id;
        std::uint32_t following = 0;
        std::uint8_t flags = 0;
    };
    struct Build {
        std::string after_name;
        std::vector<ReadAccount> accounts;
        std::optional<GraphBuilder> builder;  ///< when all accounts have been read
        std::vector<std::uint32_t> row_sizes;
        std::size_t row_limit = 0;
    };

    [[nodiscard]] Task<Result<void>> build_on();
    [[nodiscard]] Task<Result<void>> read_accounts();
    void begin_rows();
    [[nodiscard]] Task<Result<void>> read_rows();
    [[nodiscard]] Task<Result<void>> read_long_row(Node node, std::vector<ports::Row>* rows) const;
    void end_build();
    /// Looks at accounts that changed, or that became nodes. False if there are none.
    [[nodiscard]] Task<Result<bool>> review();
    [[nodiscard]] std::vector<AccountId> accounts_to_review();
    [[nodiscard]] bool begin_if_wanted();
    void rank_if_stale();

    const GraphKeeperConfig config_;
    ports::Store& store_;
    social::Accounts& accounts_;
    LiveGraph live_;
    std::atomic<bool> complete_{false};

    std::mutex mutex_;
    // Under mutex_:
    bool build_wanted_ = true;
    std::set<AccountId> reviews_;
    Figures figures_;
    std::shared_ptr<const std::vector<AccountId>> most_followed_ =
        std::make_shared<const std::vector<AccountId>>();

    // Of work() alone:
    std::optional<Build> build_;
    FollowGraphPtr reviewed_;  ///< its nodes have all been looked at
    FollowGraphPtr ranked_;    ///< whose most followed are known
    std::size_t row_limit_ = 0;
};

}  // namespace rookery::discover
