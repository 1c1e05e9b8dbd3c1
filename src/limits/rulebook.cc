#include "limits/rulebook.h"

#include "limits/header_fields.h"
#include "limits/shared/shared_rule.h"
#include "limits/shared_limits.h"

#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace rookery::limits {

namespace {

using Charges = boost::container::small_vector<Charge, 4>;

/// The charges of the asks, whose keys are mostly the same one.
Charges charges_of(std::span<const Ask> asks, const KeyHasher& hasher) {
    Charges charges;
    std::string_view hashed;
    LimitKey key;
    for (const Ask& ask : asks) {
        if (charges.empty() || ask.key != hashed) {
            hashed = ask.key;
            key = hasher.key(hashed);
        }
        charges.push_back({&ask.rule->limit(), key, ask.cost, !ask.rule->rule().shadow, {}});
    }
    return charges;
}

bool counts_here(const Ask& ask) {
    return ask.rule->rule().reach == Reach::kLocal;
}

/// The decision of one that would have allowed it counts the request, which may not be charged.
Answer answer_of(const Ask& ask, Decision decision, bool is_charged) {
    if (!is_charged && decision.allowed) {
        decision.remaining += ask.cost;
    }
    return {.rule = ask.rule, .decision = decision};
}

/// What the table of a changed rule begins with.
void inherit(const Rule& rule, Limit& limit, const CountedRule& from, Nanos now) {
    if (state_name(rule) == state_name(from.rule())) {
        std::string states;
        ByteWriter out(states);
        from.limit().save(Limit::Which::kAll, now, out);
        ByteReader in(states);
        static_cast<void>(limit.restore(in, now));
        return;
    }
    const std::uint64_t most = capacity(rule);
    from.limit().each_used(now, [&](LimitKey key, std::uint64_t used) {
        static_cast<void>(limit.take(key, now, std::min(used, most)));
    });
}

bool counts_alike(const Rule& a, const Rule& b) {
    return a.algorithm == b.algorithm && a.quota.amount == b.quota.amount &&
           a.quota.period == b.quota.period && capacity(a) == capacity(b) &&
           a.keys_max == b.keys_max && a.allow_uncounted == b.allow_uncounted;
}

Result<std::vector<CountedRule>>
count_rules(std::vector<Rule> rules, const RulebookContext& context, const Rulebook* old) {
    std::vector<CountedRule> counted;
    counted.reserve(rules.size());
    std::unordered_set<std::string> names;
    std::unordered_map<std::string_view, const CountedRule*> by_name;  // of `old`
    if (old != nullptr) {
        for (const CountedRule& rule : old->rules()) {
            by_name.emplace(rule.rule().name, &rule);
        }
    }
    for (Rule& rule : rules) {
        if (!names.insert(rule.name).second) {
            return fail(
                ErrorCode::kInvalid, fmt::format("{}: there are two such rules", rule.name)
            );
        }
        if (rule.reach != Reach::kLocal && context.shared == nullptr) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format(
                    "{}: reach is \"{}\", and there is no shared store",
                    rule.name,
                    name_of(rule.reach)
                )
            );
        }
        if (rule.reach != Reach::kLocal) {
            if (auto checked = check_shared(rule); !checked) {
                return std::move(checked).error();
            }
        }
        const auto found = by_name.find(rule.name);
        const CountedRule* const before = found == by_name.end() ? nullptr : found->second;
        std::shared_ptr<Limit> limit;
        if (before != nullptr && counts_alike(rule, before->rule())) {
            limit = before->shared_limit();
        } else {
            TRY(limit, make_limit(rule));
            if (before != nullptr) {
                inherit(rule, *limit, *before, context.timekeeper->now());
            }
        }
        auto tally = before == nullptr ? std::make_shared<Tally>() : before->shared_tally();
        counted.emplace_back(std::move(rule), std::move(limit), std::move(tally));
    }
    return counted;
}

}  // namespace

CountedRule::CountedRule(Rule rule, std::shared_ptr<Limit> limit, std::shared_ptr<Tally> tally)
    : rule_(std::move(rule)),
      policy_item_(policy_item_of(rule_)),
      limit_(std::move(limit)),
      tally_(std::move(tally)) {}

const Answer* Verdict::first() const {
    const Answer* first = nullptr;
    const auto comes_before = [](const Decision& a, const Decision& b) {
        if (a.allowed != b.allowed) {
            return !a.allowed;
        }
        if (!a.allowed) {
            return a.retry_after > b.retry_after;
        }
        return a.remaining != b.remaining ? a.remaining < b.remaining
                                          : a.resets_after > b.resets_after;
    };
    for (const Answer& answer : answers) {
        if (answer.asked && !answer.rule->rule().shadow &&
            (first == nullptr || comes_before(answer.decision, first->decision))) {
            first = &answer;
        }
    }
    return first;
}

Result<std::shared_ptr<Rulebook>>
Rulebook::make(std::vector<Rule> rules, const RulebookContext& context) {
    TRY(auto counted, count_rules(std::move(rules), context, nullptr));
    return std::shared_ptr<Rulebook>(new Rulebook(std::move(counted), context));
}

Result<std::shared_ptr<Rulebook>>
Rulebook::make(std::vector<Rule> rules, const RulebookContext& context, const Rulebook& old) {
    TRY(auto counted, count_rules(std::move(rules), context, &old));
    return std::shared_ptr<Rulebook>(new Rulebook(std::move(counted), context));
}

Rulebook::Rulebook(std::vector<CountedRule> rules, const RulebookContext& context)
    : rules_(std::move(rules)),
      context_(context),
      is_local_(std::ranges::all_of(rules_, [](const CountedRule& counted) {
          return counted.rule().reach == Reach::kLocal;
      })) {}

const CountedRule* Rulebook::find(std::string_view name) const {
    const auto found = std::ranges::find(rules_, name, [](const CountedRule& counted) {
        return std::string_view(counted.rule().name);
    });
    return found == rules_.end() ? nullptr : &*found;
}

Verdict Rulebook::take(std::span<const Ask> asks) const {
    Charges charges = charges_of(asks, *context_.hasher);
    Verdict verdict;
    verdict.at = context_.timekeeper->now();
    verdict.allowed = take_all(charges, verdict.at);
    verdict.answers.reserve(asks.size());
    for (std::size_t i = 0; i < asks.size(); ++i) {
        verdict.answers.push_back(answer_of(asks[i], charges[i].decision, verdict.allowed));
    }
    note(asks, verdict);
    return verdict;
}

Task<Verdict> Rulebook::decide(std::span<const Ask> asks) const {
    Charges all = charges_of(asks, *context_.hasher);
    Charges local;
    std::vector<SharedAsk> shared;
    for (std::size_t i = 0; i < asks.size(); ++i) {
        if (counts_here(asks[i])) {
            local.push_back(all[i]);
        } else {
            shared.push_back(
                {&asks[i].rule->rule(), asks[i].key, asks[i].cost, all[i].limit, all[i].key}
            );
        }
    }
    if (shared.empty()) {
        co_return take(asks);
    }
    Verdict verdict;
    verdict.at = context_.timekeeper->now();
    verdict.allowed = peek_all(local, verdict.at);
    std::vector<Decision> decisions;
    if (verdict.allowed) {
        decisions = co_await context_.shared->take(shared, verdict.at);
        for (std::size_t i = 0; i < shared.size(); ++i) {
            verdict.allowed &= decisions[i].allowed || shared[i].rule->shadow;
        }
        verdict.at = context_.timekeeper->now();
        verdict.allowed = verdict.allowed && take_all(local, verdict.at);
    }
    std::size_t next_local = 0;
    std::size_t next_shared = 0;
    for (const Ask& ask : asks) {
        if (counts_here(ask)) {
            const Decision& decision = local[next_local++].decision;
            verdict.answers.push_back(answer_of(ask, decision, verdict.allowed));
        } else if (decisions.empty()) {
            verdict.answers.push_back({.rule = ask.rule, .decision = {}, .asked = false});
        } else {
            const Decision& decision = decisions[next_shared++];
            verdict.answers.push_back({.rule = ask.rule, .decision = decision});
        }
    }
    note(asks, verdict);
    co_return verdict;
}

void Rulebook::note(std::span<const Ask> asks, const Verdict& verdict) const {
    for (std::size_t i = 0; i < asks.size(); ++i) {
        const Answer& answer = verdict.answers[i];
        if (!answer.asked) {
            continue;
        }
        const Rule& rule = answer.rule->rule();
        answer.rule->tally().count(answer.decision.allowed);
        if (!answer.decision.allowed && context_.refusals != nullptr) {
            context_.refusals->note(
                rule.name, asks[i].key, rule.shadow, answer.decision, verdict.at
            );
        }
    }
}

std::vector<NamedLimit> Rulebook::named_limits() const {
    std::vector<NamedLimit> named;
    for (const CountedRule& counted : rules_) {
        named.push_back({state_name(counted.rule()), &counted.limit()});
    }
    return named;
}

void Rulebook::tick() const {
    const Nanos now = context_.timekeeper->now();
    for (const CountedRule& counted : rules_) {
        counted.tally().tick(now);
    }
}

}  // namespace rookery::limits
