#include "limits/shared/store_limits.h"

#include "base/random.h"
#include "limits/shared/called_back.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace rookery::limits {

namespace {

/// When somebody whom a lost store has refused may try again.
constexpr Nanos kRetryLost = kSecond;

/// Of this process, for what it holds by itself.
Nanos here_and_now() {
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Leases::Terms terms_of(const Rule& rule) {
    return {.units_max = rule.lease, .valid_for = rule.lease_for, .most = capacity(rule)};
}

/// The key under this rule, name and quota: another's is the same with a chance of 2^-64.
Leases::Id lease_id(const SharedAsk& ask) {
    const Rule& rule = *ask.rule;
    std::uint64_t state = std::hash<std::string_view>()(rule.name);
    for (const std::uint64_t part :
         {static_cast<std::uint64_t>(rule.algorithm),
          rule.quota.amount,
          static_cast<std::uint64_t>(rule.quota.period),
          rule.quota.burst,
          ask.fallback_key.hash}) {
        state ^= part;
        state = split_mix64(state);
    }
    return state;
}

}  // namespace

/// A request on its way through take().
struct StoreLimits::Request {
    explicit Request(std::span<const SharedAsk> all)
        : asks(all), decisions(all.size()), leased(all.size()), decided(all.size()) {}

    std::span<const SharedAsk> asks;
    std::vector<Decision> decisions;
    std::vector<Leases::Taken> leased;
    std::vector<bool> decided;
    bool refused = false;
    bool lost = false;  ///< the store

    void decide(std::size_t i, const Decision& decision) {
        decisions[i] = decision;
        decided[i] = true;
        refused = refused || (!decision.allowed && !asks[i].rule->shadow);
    }
};

Result<std::unique_ptr<StoreLimits>>
StoreLimits::make(const SharedStoreConfig& config, metrics::Registry& registry) {
    TRY(StoreAddress address, parse_store_address(config.url));
    if (config.prefix.empty() || config.prefix.find_first_of("{}") != std::string::npos) {
        return fail(ErrorCode::kInvalid, "the store's prefix must not be empty or hold braces");
    }
    using std::chrono::milliseconds;
    if (config.connect_timeout <= milliseconds(0) || config.ask_timeout <= milliseconds(0) ||
        config.backoff_first <= milliseconds(0) || config.backoff_max < config.backoff_first) {
        return fail(ErrorCode::kInvalid, "the store's times must be above 0, and backoffs grow");
    }
    std::unique_ptr<StoreLimits> limits(new StoreLimits(std::move(address), config, registry));
    [[maybe_unused]] const bool up = limits->client_.wait_until_up(config.connect_timeout);
    return limits;
}

StoreLimits::StoreLimits(
    StoreAddress address,
    const SharedStoreConfig& config,
    metrics::Registry& registry
)
    : keys_(config.prefix, config.secret),
      series_{
          .requests = registry.counter(
              "rookery_limits_shared_requests_total",
              "Requests that shared limits decided."
          ),
          .leased = registry.counter(
              "rookery_limits_leased_decisions_total",
              "Decisions by leases that the store was not asked for."
          ),
          .fetches =
              registry.counter("rookery_limits_leases_total", "Leases taken from the store."),
          .fetched_units = registry.counter(
              "rookery_limits_lease_units_total",
              "Units taken from the store with leases."
          ),
          .lost_allow = registry.counter(
              "rookery_limits_lost_store_decisions_total",
              "Decisions by what a rule says of a lost store.",
              {{"rule_says", "allow"}}
          ),
          .lost_refuse = registry.counter(
              "rookery_limits_lost_store_decisions_total",
              "",
              {{"rule_says", "refuse"}}
          ),
          .lost_local = registry.counter(
              "rookery_limits_lost_store_decisions_total",
              "",
              {{"rule_says", "local"}}
          ),
      },
      leases_(config.lease_keys_max),
      client_(std::move(address), config, registry) {}

StoreAsk StoreLimits::store_ask(const SharedAsk& ask) const {
    return {
        .key = keys_.key(*ask.rule, ask.key),
        .rule = store_rule(*ask.rule),
        .cost = ask.cost,
        .shadow = ask.rule->shadow,
    };
}

Task<std::vector<Decision>> StoreLimits::take(std::span<const SharedAsk> asks, Nanos now) {
    series_.requests.add();
    Request request(asks);
    bool any_shared = false;
    for (std::size_t i = 0; i < asks.size(); ++i) {
        const SharedAsk& ask = asks[i];
        if (ask.rule->reach != Reach::kLeased) {
            any_shared = true;
            continue;
        }
        auto taken = leases_.take(lease_id(ask), terms_of(*ask.rule), ask.cost, here_and_now());
        if (taken) {
            series_.leased.add();
        } else {
            taken = co_await take_leased(&ask);
        }
        if (taken) {
            request.leased[i] = *taken;
            request.decide(i, taken->decision);
        }
        request.lost = request.lost || !taken;
    }
    if (any_shared && !request.lost) {
        co_await take_shared(&request);
    }
    if (request.lost) {
        take_lost(request, now);
    }
    if (request.refused) {
        give_back(request);
    }
    co_return std::move(request.decisions);
}

Task<std::optional<Leases::Taken>> StoreLimits::take_leased(const SharedAsk* ask) {
    co_return co_await called_back<std::optional<Leases::Taken>>([this, ask](Leases::Done done) {
        begin_lease(*ask, std::move(done));
    });
}

void StoreLimits::begin_lease(const SharedAsk& ask, Leases::Done done) {
    StoreAsk at_store = store_ask(ask);
    Leases::Step step =
        leases_.take_or_wait(lease_id(ask), terms_of(*ask.rule), ask.cost, here_and_now(), done);
    if (step.taken) {
        done(step.taken);
    } else if (step.fetch) {
        fetch(*step.fetch, std::move(at_store));
    } else if (step.is_alone) {
        client_.ask(
            {.asks = {std::move(at_store)}},
            [told = std::move(done)](StoreClient::Answers answers) mutable {
                told(
                    answers ? std::optional(Leases::Taken{.decision = answers->front().decision})
                            : std::nullopt
                );
            }
        );
    }
}

void StoreLimits::fetch(Leases::Fetch fetch, StoreAsk ask) {
    ask.cost = fetch.cost;
    ask.want = fetch.want;
    StoreClient::Group group{.asks = {ask}};
    client_.ask(
        std::move(group),
        [this, fetch, ask = std::move(ask)](const StoreClient::Answers& answers) mutable {
            std::optional<StoreAnswer> answer;
            if (answers) {
                answer = answers->front();
                series_.fetches.add(answer->taken > 0 ? 1 : 0);
                series_.fetched_units.add(answer->taken);
            }
            if (const auto next = leases_.fetched(fetch, answer, here_and_now())) {
                this->fetch(*next, std::move(ask));
            }
        }
    );
}

Task<void> StoreLimits::take_shared(Request* request) {
    StoreClient::Group group{.charges = !request->refused};
    for (const SharedAsk& ask : request->asks) {
        if (ask.rule->reach != Reach::kLeased) {
            group.asks.push_back(store_ask(ask));
        }
    }
    const auto answers =
        co_await called_back<StoreClient::Answers>([this, &group](StoreClient::Done done) {
            client_.ask(std::move(group), std::move(done));
        });
    request->lost = !answers;
    if (!answers) {
        co_return;
    }
    auto answer = answers->begin();
    for (std::size_t i = 0; i < request->asks.size(); ++i) {
        if (request->asks[i].rule->reach != Reach::kLeased) {
            request->decide(i, (answer++)->decision);
        }
    }
}

void StoreLimits::take_lost(Request& request, Nanos now) {
    std::vector<std::size_t> local;
    std::vector<Charge> charges;
    for (std::size_t i = 0; i < request.asks.size(); ++i) {
        const SharedAsk& ask = request.asks[i];
        if (request.decided[i]) {
            continue;
        }
        if (ask.rule->when_lost == WhenLost::kLocal) {
            local.push_back(i);
            charges.push_back({
                .limit = ask.fallback,
                .key = ask.fallback_key,
                .cost = ask.cost,
                .binding = !ask.rule->shadow,
            });
        } else if (ask.rule->when_lost == WhenLost::kAllow) {
            request.decide(i, {.remaining = capacity(*ask.rule)});
            series_.lost_allow.add();
        } else {
            request.decide(i, {.allowed = false, .retry_after = kRetryLost});
            series_.lost_refuse.add();
        }
    }
    series_.lost_local.add(local.size());
    if (request.refused) {
        static_cast<void>(peek_all(charges, now));
    } else {
        static_cast<void>(take_all(charges, now));
    }
    for (std::size_t i = 0; i < local.size(); ++i) {
        request.decide(local[i], charges[i].decision);
    }
}

void StoreLimits::give_back(const Request& request) {
    for (std::size_t i = 0; i < request.asks.size(); ++i) {
        const SharedAsk& ask = request.asks[i];
        if (request.leased[i].decision.allowed && request.leased[i].grant != 0) {
            leases_.give_back(
                lease_id(ask), terms_of(*ask.rule), request.leased[i], ask.cost, here_and_now()
            );
        }
    }
}

}  // namespace rookery::limits
