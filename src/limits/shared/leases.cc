#include "limits/shared/leases.h"

#include "limits/drain.h"

#include <algorithm>

namespace rookery::limits {

namespace {

/// A full stripe is not looked through more often.
constexpr Nanos kSweepEvery = 10'000'000;

}  // namespace

Leases::Leases(std::size_t keys_max)
    : keys_per_stripe_(std::max<std::size_t>(1, keys_max / kStripes)) {}

std::optional<Leases::Taken>
Leases::decide(Entry* entry, const Terms& terms, std::uint64_t cost, Nanos now) {
    const std::uint64_t units = entry != nullptr && now < entry->expires ? entry->units : 0;
    const Nanos resets = entry != nullptr ? span_until(entry->resets_at, now) : 0;
    const std::uint64_t left = resets > 0 ? entry->left_in_store : terms.most - units;
    if (cost > terms.most) {
        return Taken{
            .decision =
                {.allowed = false,
                 .remaining = units + left,
                 .retry_after = kNever,
                 .resets_after = resets}
        };
    }
    if (cost == 0) {
        return Taken{.decision = {.remaining = units + left, .resets_after = resets}};
    }
    if (entry == nullptr) {
        return std::nullopt;
    }
    if (cost <= units) {
        entry->units -= cost;
        return Taken{
            .decision = {.remaining = units - cost + left, .resets_after = resets},
            .grant = entry->grant
        };
    }
    if (now < entry->refused_until && cost >= entry->refused_cost) {
        return refusal(*entry, now);
    }
    return std::nullopt;
}

Leases::Taken Leases::refusal(const Entry& entry, Nanos now) {
    return {
        .decision =
            {
                .allowed = false,
                .remaining = entry.left_in_store + (now < entry.expires ? entry.units : 0),
                .retry_after = span_until(entry.refused_until, now),
                .resets_after = span_until(entry.resets_at, now),
            }
    };
}

std::optional<Leases::Taken>
Leases::take(Id id, const Terms& terms, std::uint64_t cost, Nanos now) {
    Stripe& stripe = stripe_of(id);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.entries.find(id);
    return decide(found == stripe.entries.end() ? nullptr : &found->second, terms, cost, now);
}

Leases::Step
Leases::take_or_wait(Id id, const Terms& terms, std::uint64_t cost, Nanos now, Done& done) {
    Stripe& stripe = stripe_of(id);
    const std::lock_guard lock(stripe.mutex);
    Entry* entry = find_or_make(stripe, id, now);
    if (entry == nullptr) {
        return {.is_alone = true};
    }
    if (auto taken = decide(entry, terms, cost, now)) {
        return {.taken = taken};
    }
    entry->waiters.push_back({cost, std::move(done)});
    return {.fetch = entry->is_fetching ? std::nullopt : next_fetch(*entry, id, terms, now)};
}

Leases::Entry* Leases::find_or_make(Stripe& stripe, Id id, Nanos now) const {
    if (const auto found = stripe.entries.find(id); found != stripe.entries.end()) {
        return &found->second;
    }
    if (stripe.entries.size() >= keys_per_stripe_ && now >= stripe.swept_at + kSweepEvery) {
        stripe.swept_at = now;
        std::erase_if(stripe.entries, [&](const auto& item) {
            const Entry& entry = item.second;
            return !entry.is_fetching && entry.expires <= now && entry.refused_until <= now;
        });
    }
    return stripe.entries.size() < keys_per_stripe_ ? &stripe.entries[id] : nullptr;
}

std::optional<Leases::Fetch>
Leases::next_fetch(Entry& entry, Id id, const Terms& terms, Nanos now) {
    entry.is_fetching = !entry.waiters.empty();
    if (!entry.is_fetching) {
        return std::nullopt;
    }
    if (entry.asked_at != 0 &&
        now < later(entry.asked_at, static_cast<std::uint64_t>(terms.valid_for))) {
        entry.extra = std::min(std::max<std::uint64_t>(1, 2 * entry.extra), terms.units_max);
    } else {
        entry.extra -= std::min(entry.extra, entry.units);
    }
    entry.asked_at = now;
    std::uint64_t waited_for = 0;
    for (const Waiter& waiter : entry.waiters) {
        waited_for += waiter.cost;
    }
    return Fetch{
        .id = id,
        .terms = terms,
        .cost = entry.waiters.front().cost,
        .want = waited_for + entry.extra,
        .asked_at = now
    };
}

std::optional<Leases::Fetch>
Leases::fetched(const Fetch& fetch, const std::optional<StoreAnswer>& answer, Nanos now) {
    Told told;
    std::optional<Fetch> next;
    {
        Stripe& stripe = stripe_of(fetch.id);
        const std::lock_guard lock(stripe.mutex);
        Entry& entry = stripe.entries[fetch.id];
        if (!answer) {
            for (Waiter& waiter : entry.waiters) {
                told.emplace_back(std::move(waiter.done), std::nullopt);
            }
            entry.waiters.clear();
        } else if (answer->decision.allowed) {
            grant(entry, fetch, *answer, now, told);
        } else {
            refuse(entry, fetch, answer->decision, now, told);
        }
        next = next_fetch(entry, fetch.id, fetch.terms, now);
    }
    for (auto& [done, taken] : told) {
        done(taken);
    }
    return next;
}

void Leases::grant(
    Entry& entry,
    const Fetch& fetch,
    const StoreAnswer& answer,
    Nanos now,
    Told& told
) {
    std::uint64_t old = now < entry.expires ? entry.units : 0;
    std::uint64_t fresh = answer.taken;
    entry.expires = later(fetch.asked_at, static_cast<std::uint64_t>(fetch.terms.valid_for));
    entry.left_in_store = answer.decision.remaining;
    entry.resets_at = later(now, static_cast<std::uint64_t>(answer.decision.resets_after));
    entry.refused_until = 0;
    ++entry.grant;
    auto waiter = entry.waiters.begin();
    for (; waiter != entry.waiters.end() && waiter->cost <= old + fresh; ++waiter) {
        const std::uint64_t from_old = std::min(old, waiter->cost);
        old -= from_old;
        fresh -= waiter->cost - from_old;
        told.emplace_back(
            std::move(waiter->done),
            Taken{
                .decision =
                    {.remaining = old + fresh + entry.left_in_store,
                     .resets_after = span_until(entry.resets_at, now)},
                .grant = entry.grant
            }
        );
    }
    entry.waiters.erase(entry.waiters.begin(), waiter);
    // Older units would live on with the new ones: they are let go.
    entry.units = std::min(fresh, fetch.terms.units_max);
}

void Leases::refuse(Entry& entry, const Fetch& fetch, const Decision& said, Nanos now, Told& told) {
    entry.refused_until = later(fetch.asked_at, static_cast<std::uint64_t>(said.retry_after));
    entry.refused_cost = fetch.cost;
    entry.left_in_store = said.remaining;
    entry.resets_at = later(now, static_cast<std::uint64_t>(said.resets_after));
    std::erase_if(entry.waiters, [&](Waiter& waiter) {
        const bool refused = waiter.cost >= fetch.cost;
        if (refused) {
            told.emplace_back(std::move(waiter.done), refusal(entry, now));
        }
        return refused;
    });
}

void Leases::give_back(
    Id id,
    const Terms& terms,
    const Taken& taken,
    std::uint64_t cost,
    Nanos now
) {
    Stripe& stripe = stripe_of(id);
    const std::lock_guard lock(stripe.mutex);
    const auto found = stripe.entries.find(id);
    if (found == stripe.entries.end() || found->second.grant != taken.grant ||
        found->second.expires <= now) {
        return;
    }
    Entry& entry = found->second;
    entry.units = std::min(entry.units + cost, terms.units_max);
}

}  // namespace rookery::limits
