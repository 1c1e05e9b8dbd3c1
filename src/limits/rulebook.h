#pragma once

#include "base/result.h"
#include "base/task.h"
#include "limits/limit_key.h"
#include "limits/refusal_log.h"
#include "limits/rule.h"
#include "limits/state_file.h"
#include "limits/tally.h"
#include "limits/timekeeper.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::limits {

class SharedLimits;

/// A rule in force: what its keys have used, and what it has said.
class CountedRule {
public:
    CountedRule(Rule rule, std::shared_ptr<Limit> limit, std::shared_ptr<Tally> tally);

    [[nodiscard]] const Rule& rule() const { return rule_; }
    /// The rule as an item of RateLimit-Policy, made once (limits/header_fields.h).
    [[nodiscard]] const std::string& policy_item() const { return policy_item_; }
    /// What this process counts; of a rule that is not local, what it goes by without the store.
    [[nodiscard]] Limit& limit() const { return *limit_; }
    [[nodiscard]] Tally& tally() const { return *tally_; }
    // For the rulebook that comes after.
    [[nodiscard]] const std::shared_ptr<Limit>& shared_limit() const { return limit_; }
    [[nodiscard]] const std::shared_ptr<Tally>& shared_tally() const { return tally_; }

private:
    Rule rule_;
    std::string policy_item_;
    std::shared_ptr<Limit> limit_;
    std::shared_ptr<Tally> tally_;
};

/// One rule that a request falls under. `key` says for whom it is counted.
struct Ask {
    const CountedRule* rule = nullptr;
    std::string_view key;
    std::uint64_t cost = 1;
};

struct Answer {
    const CountedRule* rule = nullptr;
    Decision decision;
    /// False: another rule had refused, and this one was not asked.
    bool asked = true;
};

/// What all rules on a request say together: if one that is not on trial refuses, none is charged.
struct Verdict {
    bool allowed = true;
    std::vector<Answer> answers;  ///< in the order of the asks
    Nanos at = 0;                 ///< when it was said

    /// The answer that decides how soon more may come: of those that refuse, the one to wait for
    /// longest; if none does, the one that leaves least. Rules on trial are left out. Null if there
    /// is none.
    [[nodiscard]] const Answer* first() const;
};

/// What rules are made to work with; all of it outlives the rulebook.
struct RulebookContext {
    const KeyHasher* hasher = nullptr;
    const Timekeeper* timekeeper = nullptr;
    RefusalLog* refusals = nullptr;
    SharedLimits* shared = nullptr;  ///< null: rules that are not local are refused
};

/// A set of rules in force. It never changes: other rules are another rulebook, which inherits.
/// Thread-safe.
class Rulebook {
public:
    /// kInvalid names the rule that is impossible, or that occurs twice.
    [[nodiscard]] static Result<std::shared_ptr<Rulebook>>
    make(std::vector<Rule> rules, const RulebookContext& context);
    /// The same, with what rules of the same names have counted in `old`, so that it is no reset.
    /// A rule that counts as before goes on with the same table; another begins with what its keys
    /// have used. What `old` is asked while this lasts may be forgotten of those.
    [[nodiscard]] static Result<std::shared_ptr<Rulebook>>
    make(std::vector<Rule> rules, const RulebookContext& context, const Rulebook& old);

    /// Null if there is none.
    [[nodiscard]] const CountedRule* find(std::string_view name) const;
    [[nodiscard]] std::span<const CountedRule> rules() const { return rules_; }

    /// Decides by rules that are all local; see decide().
    [[nodiscard]] Verdict take(std::span<const Ask> asks) const;
    /// Decides and, if no rule refuses, charges all. Where some rules are local and others are not,
    /// those of the store are charged first; should a local one be used up in between, the request
    /// is refused though they were charged. `asks` and what it refers to must outlive the task.
    [[nodiscard]] Task<Verdict> decide(std::span<const Ask> asks) const;
    /// True if take() will do for all.
    [[nodiscard]] bool is_local() const { return is_local_; }

    /// What a restart must not forget.
    [[nodiscard]] std::vector<NamedLimit> named_limits() const;
    /// See Tally::tick().
    void tick() const;

private:
    Rulebook(std::vector<CountedRule> rules, const RulebookContext& context);
    /// Counts what was said, and by whom it was refused.
    void note(std::span<const Ask> asks, const Verdict& verdict) const;

    std::vector<CountedRule> rules_;
    const RulebookContext context_;
    const bool is_local_;
};

}  // namespace rookery::limits
