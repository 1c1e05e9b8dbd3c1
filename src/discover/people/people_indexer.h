#pragma once

#include "base/result.h"
#include "base/task.h"
#include "discover/derived_state.h"
#include "discover/names/background_merge.h"
#include "discover/names/name_index.h"
#include "events/consumer.h"
#include "social/accounts.h"
#include "social/event.h"

#include <atomic>
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

struct PeopleIndexerConfig {
    std::size_t bio_words_max = 50;
    /// Accounts that are put into the index, or whose followers are counted anew, in one step.
    std::size_t step_accounts = 500;
};

/// Keeps an index of people like the accounts, in memory: filled after each start. Whatever an
/// event says, the account is read and put into the index as it is now, or taken out. Followers
/// come and go all the time: they are counted anew in work(), and only who has come a tenth higher
/// or lower is put into the index again.
class PeopleIndexer final : public events::Consumer, public DerivedState {
public:
    /// All outlive it.
    PeopleIndexer(PeopleIndexerConfig config, social::Accounts& accounts, names::NameIndex& index)
        : config_(config), accounts_(accounts), index_(index), merge_(index) {}

    [[nodiscard]] std::string_view name() const override { return "discover.people"; }
    [[nodiscard]] Task<Result<ports::Batch>> handle(std::span<const ports::StoredEvent> events
    ) override;

    [[nodiscard]] std::string_view what() const override { return "the index of people"; }
    [[nodiscard]] Task<Result<bool>> work() override;

    /// True once the index has had everybody.
    [[nodiscard]] bool is_complete() const { return is_complete_; }
    [[nodiscard]] bool is_filling() const;

private:
    /// Makes the index say of these accounts what they are now.
    [[nodiscard]] Task<Result<void>> refresh(std::vector<AccountId> ids);
    /// The same beside handle(), which may have put something newer of them into the index while
    /// this was reading: those are refreshed again.
    [[nodiscard]] Task<Result<void>> refresh_beside(std::vector<AccountId> ids);
    [[nodiscard]] Task<Result<void>> fill_on();
    /// Counts the followers of those who got or lost some.
    [[nodiscard]] Task<Result<bool>> count_followers();
    /// Whom the index ranks otherwise than by the followers they have now.
    [[nodiscard]] Task<Result<std::vector<AccountId>>> those_moved(std::vector<AccountId> ids);

    const PeopleIndexerConfig config_;
    social::Accounts& accounts_;
    names::NameIndex& index_;
    std::atomic<bool> is_complete_{false};

    mutable std::mutex mutex_;
    // Under mutex_:
    bool fill_wanted_ = true;
    bool filling_ = false;
    std::set<AccountId> to_count_;
    bool watching_ = false;        ///< refresh_beside() is at it
    std::set<AccountId> touched_;  ///< by handle() meanwhile

    // Of work() alone:
    std::string filled_up_to_;
    names::BackgroundMerge merge_;
};

}  // namespace rookery::discover
