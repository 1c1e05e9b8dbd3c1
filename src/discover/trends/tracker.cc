#include "discover/trends/tracker.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace rookery::discover::trends {

namespace {

/// A sample of the past is for an average over days.
constexpr std::size_t kPastShare = 4;
/// When there are too many items, this part is forgotten at once.
constexpr std::size_t kForgottenShare = 8;

ItemDay& day_in(Item& item, Day day) {
    const auto at = std::ranges::lower_bound(item.days, day, std::greater{}, &ItemDay::day);
    if (at != item.days.end() && at->day == day) {
        return *at;
    }
    return *item.days.insert(at, ItemDay{day, 0, AccountSample(item.id)});
}

bool is_used_enough(const Item& item, UnixMs now_ms, double accounts_min) {
    double accounts = 0;
    for (const ItemDay& day : item.days) {
        if (is_recent(day.day, now_ms)) {
            accounts += day.accounts.accounts();
        }
    }
    return accounts >= accounts_min;
}

/// Who alone uses it; 0 if there are several.
AccountId sole_user(const Item& item) {
    AccountId sole;
    for (const ItemDay& day : item.days) {
        for (const Use& use : day.accounts.uses()) {
            if (sole && sole != use.account) {
                return {};
            }
            sole = use.account;
        }
    }
    return sole;
}

}  // namespace

std::size_t Tracker::sample_max(Day day) const {
    const std::size_t max = limits_.sample_accounts_max;
    return day + 1 >= today_ ? max : std::max<std::size_t>(1, max / kPastShare);
}

void Tracker::advance(UnixMs now_ms) {
    if (day_of(now_ms) <= today_) {
        return;
    }
    today_ = day_of(now_ms);
    for (auto& [id, item] : items_) {
        std::erase_if(item.days, [this](const ItemDay& day) {
            return day.day + kDaysKept <= today_;
        });
        for (ItemDay& day : item.days) {
            day.accounts.shrink(sample_max(day.day));
        }
    }
    std::erase_if(items_, [](const auto& entry) { return entry.second.days.empty(); });
}

void Tracker::add(std::uint64_t id, std::string_view name, const Use& use) {
    const Day day = day_of(use.first_at_ms);
    if (day + kDaysKept <= today_) {
        return;
    }
    const auto [at, is_new] = items_.try_emplace(id);
    Item& item = at->second;
    if (is_new) {
        item.id = id;
        item.name = name;
    }
    ItemDay& of_day = day_in(item, day);
    const auto known = std::ranges::find(of_day.accounts.uses(), use.account, &Use::account);
    const bool is_repeated = known != of_day.accounts.uses().end() && known->source >= use.source;
    of_day.uses += is_repeated ? 0 : 1;
    if (of_day.accounts.add(use, sample_max(day))) {
        const double use_warmth = static_cast<double>(use.first_at_ms) / limits_.half_life_ms;
        item.warmth = log2_sum(item.warmth, use_warmth);
    }
    if (items_.size() > limits_.items_max) {
        forget_coldest();
    }
}

void Tracker::forget_coldest() {
    std::unordered_map<AccountId, double> used_alone;
    for (const auto& [id, item] : items_) {
        ++used_alone[sole_user(item)];
    }
    std::vector<std::pair<double, std::uint64_t>> order;
    order.reserve(items_.size());
    for (const auto& [id, item] : items_) {
        // What somebody uses alone shares the warmth of one use, or one account could flood all.
        const AccountId sole = sole_user(item);
        const double shared = sole ? std::log2(used_alone[sole]) : 0;
        order.emplace_back(item.warmth - shared, id);
    }
    const std::size_t count = std::max<std::size_t>(1, order.size() / kForgottenShare);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
    std::nth_element(order.begin(), end - 1, order.end());
    for (auto at = order.begin(); at != end; ++at) {
        items_.erase(at->second);
    }
}

std::vector<std::uint64_t>
Tracker::standing_out(UnixMs now_ms, double accounts_min, std::size_t count) const {
    std::vector<std::pair<double, std::uint64_t>> order;
    for (const auto& [id, item] : items_) {
        if (is_used_enough(item, now_ms, accounts_min)) {
            const auto uses = weigh_evenly(item);
            order.emplace_back(observe(uses, now_ms, limits_.half_life_ms).score(), id);
        }
    }
    const std::size_t found = std::min(count, order.size());
    std::ranges::partial_sort(
        order, order.begin() + static_cast<std::ptrdiff_t>(found), std::greater{}
    );
    std::vector<std::uint64_t> ids;
    for (std::size_t i = 0; i < found; ++i) {
        ids.push_back(order[i].second);
    }
    return ids;
}

const Item* Tracker::find(std::uint64_t id) const {
    const auto found = items_.find(id);
    return found == items_.end() ? nullptr : &found->second;
}

std::size_t Tracker::bytes() const {
    constexpr std::size_t kNode = 2 * sizeof(void*);  // of the map, and its bucket
    std::size_t sum = 0;
    for (const auto& [id, item] : items_) {
        sum += kNode + sizeof(id) + sizeof(item) + item.days.capacity() * sizeof(ItemDay);
        sum += item.name.capacity();
        for (const ItemDay& day : item.days) {
            sum += day.accounts.uses().size() * sizeof(Use);
        }
    }
    return sum;
}

std::vector<WeighedUse> weigh_evenly(const Item& item) {
    std::vector<WeighedUse> uses;
    for (const ItemDay& day : item.days) {
        for (const Use& use : day.accounts.uses()) {
            uses.push_back({use.first_at_ms, day.accounts.scale()});
        }
    }
    return uses;
}

}  // namespace rookery::discover::trends
