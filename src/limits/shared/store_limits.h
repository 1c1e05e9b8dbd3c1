#pragma once

#include "base/metrics.h"
#include "base/result.h"
#include "base/task.h"
#include "limits/limit.h"
#include "limits/shared/leases.h"
#include "limits/shared/shared_rule.h"
#include "limits/shared/shared_store_config.h"
#include "limits/shared/store_client.h"
#include "limits/shared_limits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace rookery::limits {

/// Limits that several processes count together in Redis or Valkey. One object serves a process;
/// thread-safe. What is promised, and what a restart of the store means: docs/limits-shared.md.
class StoreLimits final : public SharedLimits {
public:
    /// Waits for the store, for connect_timeout at most; it is no error if it is not there.
    /// kInvalid if the configuration is wrong. `registry` must outlive the object.
    [[nodiscard]] static Result<std::unique_ptr<StoreLimits>>
    make(const SharedStoreConfig& config, metrics::Registry& registry);

    /// Those who still wait are decided as if the store were lost: the executors on which they do
    /// must be there yet.
    ~StoreLimits() override = default;

    /// Decides by all rules and charges all of them, or none; a rule may occur for several keys,
    /// and twice for one. A shadow rule's refusal does not count, but is said. Each decision, in
    /// the order of the asks, is what that rule would have said alone.
    ///
    /// Shared rules are one atomic step in the store, on the store's clock in microseconds. Leased
    /// rules are decided from what this node holds, which is fetched when there is none; of what is
    /// left, they then say what the store last knew. If the store is lost, each rule is decided by
    /// its WhenLost, a fallback at `now`. It never fails, and waits for each answer of the
    /// store for ask_timeout at most: for one to the shared rules, and commonly one to a leased
    /// rule that holds too little. What `asks` points to must live until it is done.
    [[nodiscard]] Task<std::vector<Decision>> take(std::span<const SharedAsk> asks, Nanos now)
        override;

    /// Whether the store can be asked at present.
    [[nodiscard]] bool is_up() const { return client_.is_up(); }

private:
    struct Series {
        metrics::Counter& requests;
        metrics::Counter& leased;
        metrics::Counter& fetches;
        metrics::Counter& fetched_units;
        metrics::Counter& lost_allow;
        metrics::Counter& lost_refuse;
        metrics::Counter& lost_local;
    };
    struct Request;

    StoreLimits(StoreAddress address, const SharedStoreConfig& config, metrics::Registry& registry);

    /// Nothing: the store is lost.
    [[nodiscard]] Task<std::optional<Leases::Taken>> take_leased(const SharedAsk* ask);
    void begin_lease(const SharedAsk& ask, Leases::Done done);
    void fetch(Leases::Fetch fetch, StoreAsk ask);
    [[nodiscard]] StoreAsk store_ask(const SharedAsk& ask) const;
    /// Asks the store for the shared rules.
    [[nodiscard]] Task<void> take_shared(Request* request);
    /// Decides what the store could not be asked.
    void take_lost(Request& request, Nanos now);
    void give_back(const Request& request);

    const StoreKeys keys_;
    Series series_;
    Leases leases_;
    StoreClient client_;
};

}  // namespace rookery::limits
