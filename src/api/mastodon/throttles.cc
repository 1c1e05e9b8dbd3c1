#include "api/mastodon/throttles.h"

#include <boost/asio/ip/address.hpp>
#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>

namespace rookery::api::mastodon {

namespace {

/// The rules that a request falls under, with the texts of their keys.
class Asks {
public:
    Asks(const RatePlan::Parts& parts, const Asker& asker) : asker_(asker) {
        // Whoever has the keys must not move: room for all combinations is taken at once.
        keys_.reserve(parts.size());
        for (const RatePlan::Part& part : parts) {
            asks_.push_back({.rule = part.rule, .key = key_of(part.per), .cost = 1});
        }
    }
    Asks(const Asks&) = delete;
    Asks& operator=(const Asks&) = delete;

    [[nodiscard]] std::span<const limits::Ask> all() const { return {asks_.data(), asks_.size()}; }

private:
    struct Key {
        RateKeys per;
        std::string text;
    };

    [[nodiscard]] std::string_view key_of(RateKeys per) {
        const auto known = std::ranges::find(keys_, per, &Key::per);
        if (known != keys_.end()) {
            return known->text;
        }
        return keys_.emplace_back(Key{per, text_of(per)}).text;
    }

    // The target comes last: it alone may have spaces in it.
    [[nodiscard]] std::string text_of(RateKeys per) const {
        const auto has = [per](RateKey key) { return per.test(static_cast<std::size_t>(key)); };
        std::string text;
        const auto add = [&text](std::string_view part) {
            text += text.empty() ? "" : " ";
            text += part;
        };
        const bool by_person = has(RateKey::kAccount) || has(RateKey::kToken);
        if (by_person && asker_.account) {
            add("account:" + to_string(asker_.account));  // with a token, for those who read it
        }
        if (has(RateKey::kToken) && asker_.account) {
            add("token:" + to_string(asker_.token));
        }
        if (has(RateKey::kAddress) || (by_person && !asker_.account)) {
            add(address_key(asker_.address));
        }
        if (has(RateKey::kTarget)) {
            add("target:");
            text += asker_.target;
        }
        return text;
    }

    const Asker& asker_;
    boost::container::small_vector<Key, 4> keys_;
    boost::container::small_vector<limits::Ask, 4> asks_;
};

constexpr std::size_t kMoreHeaders = 8;  // that the server adds

const RatePlan::Parts& parts_of(const RatePlan& plan, const Asker& asker) {
    return plan.parts.at(static_cast<std::size_t>(asker.rate)).at(asker.writes ? 1 : 0);
}

}  // namespace

Throttles::Throttles(
    std::vector<RatePolicy> policies,
    const Clock& clock,
    const limits::KeyHasher& hasher,
    limits::SharedLimits* shared
)
    : clock_(clock),
      timekeeper_(clock),
      hasher_(hasher),
      context_{
          .hasher = &hasher_,
          .timekeeper = &timekeeper_,
          .refusals = &refusals_,
          .shared = shared
      } {
    auto plan = plan_of(std::move(policies), nullptr);
    if (!plan) {
        throw std::invalid_argument(plan.error().message);
    }
    plan_.store(std::move(*plan));
}

Result<std::shared_ptr<const RatePlan>>
Throttles::plan_of(std::vector<RatePolicy> policies, const RatePlan* old) {
    std::vector<limits::Rule> rules;
    std::ranges::transform(policies, std::back_inserter(rules), &RatePolicy::rule);
    auto rulebook = old == nullptr
                        ? limits::Rulebook::make(std::move(rules), context_)
                        : limits::Rulebook::make(std::move(rules), context_, *old->rulebook);
    if (!rulebook) {
        return std::move(rulebook).error();
    }
    auto plan = std::make_shared<RatePlan>();
    plan->rulebook = std::move(*rulebook);
    for (std::size_t rate = 0; rate < plan->parts.size(); ++rate) {
        for (const bool writes : {false, true}) {
            for (std::size_t i = 0; i < policies.size(); ++i) {
                if (policies[i].covers(static_cast<RateClass>(rate), writes)) {
                    plan->parts.at(rate)
                        .at(writes ? 1 : 0)
                        .push_back({&plan->rulebook->rules()[i], policies[i].per});
                }
            }
        }
    }
    plan->policies = std::move(policies);
    return std::shared_ptr<const RatePlan>(std::move(plan));
}

Result<void> Throttles::replace(std::vector<RatePolicy> policies) {
    const std::lock_guard lock(replacing_);
    const auto old = plan_.load();
    TRY(auto plan, plan_of(std::move(policies), old.get()));
    plan_.store(std::move(plan));
    return {};
}

std::optional<RateVerdict> Throttles::take_at_once(const Asker& asker) const {
    const auto plan = plan_.load();
    const RatePlan::Parts& parts = parts_of(*plan, asker);
    if (parts.empty()) {
        return RateVerdict{};
    }
    if (!plan->rulebook->is_local()) {
        return std::nullopt;
    }
    return told(plan->rulebook->take(Asks(parts, asker).all()));
}

Task<RateVerdict> Throttles::take(const Asker& asker) const {
    if (auto verdict = take_at_once(asker)) {
        co_return std::move(*verdict);
    }
    const auto plan = plan_.load();
    const Asks asks(parts_of(*plan, asker), asker);
    co_return told(co_await plan->rulebook->decide(asks.all()));
}

RateVerdict Throttles::told(const limits::Verdict& verdict) const {
    RateVerdict told{
        .allowed = verdict.allowed, .fields = limits::header_fields(verdict, clock_.now_ms())
    };
    for (const limits::Answer& answer : verdict.answers) {
        told.wait = std::max(told.wait, answer.rule->rule().shadow ? 0 : answer.decision.wait);
    }
    return told;
}

void RateVerdict::add_headers(http::Response& response) const {
    response.headers.reserve(response.headers.size() + fields.size() + kMoreHeaders);
    for (const limits::HeaderField& field : fields) {
        response.header(std::string(field.name), field.value);
    }
}

std::string address_key(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(std::string(address), error);
    if (error) {
        return std::string(address);
    }
    if (parsed.is_v4()) {
        return parsed.to_string();
    }
    if (parsed.to_v6().is_v4_mapped()) {
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6())
            .to_string();
    }
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace rookery::api::mastodon
