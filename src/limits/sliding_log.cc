#include "limits/sliding_log.h"

#include "limits/drain.h"

#include <algorithm>
#include <utility>

namespace rookery::limits {

Result<SlidingLog> SlidingLog::make(const Quota& quota) {
    if (auto checked = check(quota); !checked) {
        return std::move(checked).error();
    }
    return SlidingLog(quota.amount, quota.period);
}

void SlidingLog::State::write(ByteWriter& out) const {
    out.varint(entries_.size() - first_);
    std::uint64_t before = base_;
    for (std::size_t i = first_; i < entries_.size(); ++i) {
        out.signed_varint(entries_[i].at);
        out.varint(entries_[i].total - before);
        before = entries_[i].total;
    }
}

SlidingLog::State SlidingLog::State::read(ByteReader& in) {
    State state;
    std::uint64_t total = 0;
    const std::size_t count = in.count();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        const Nanos at = in.signed_varint();
        total += in.varint();
        state.entries_.push_back({.at = at, .total = total});
    }
    return state;
}

std::size_t SlidingLog::first_live(const State& state, Nanos now) const {
    const auto& entries = state.entries_;
    const Nanos present = entries.empty() ? now : std::max(now, entries.back().at);
    const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(state.first_);
    const auto live = std::partition_point(begin, entries.end(), [&](const State::Entry& entry) {
        return entry.at <= present - period_;
    });
    return static_cast<std::size_t>(live - entries.begin());
}

std::uint64_t SlidingLog::total_before(const State& state, std::size_t index) {
    return index == state.first_ ? state.base_ : state.entries_[index - 1].total;
}

Nanos SlidingLog::fits_at(const State& state, std::size_t first, std::uint64_t cost) const {
    if (cost > amount_) {
        return kNever;
    }
    // The first entry after whose end no more than amount - cost is left.
    const std::uint64_t newest = state.entries_.back().total;
    const auto begin = state.entries_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto entry =
        std::partition_point(begin, state.entries_.end(), [&](const State::Entry& candidate) {
            return newest - candidate.total > amount_ - cost;
        });
    return entry->at + period_;
}

Decision SlidingLog::look(const State& state, Nanos now, std::uint64_t cost) const {
    const std::size_t first = first_live(state, now);
    const bool empty = first == state.entries_.size();
    const std::uint64_t used = empty ? 0 : state.entries_.back().total - total_before(state, first);
    const std::uint64_t room = amount_ - std::min(used, amount_);
    const Nanos empty_after = empty ? 0 : span_until(state.entries_.back().at + period_, now);
    if (cost > room) {
        return {
            .allowed = false,
            .remaining = room,
            .retry_after = empty ? kNever : span_until(fits_at(state, first, cost), now),
            .resets_after = empty_after,
        };
    }
    const Nanos charged_at = empty ? now : std::max(now, state.entries_.back().at);
    return {
        .remaining = room - cost,
        .resets_after = cost == 0 ? empty_after : charged_at - now + period_,
    };
}

void SlidingLog::charge(State& state, Nanos now, std::uint64_t cost) const {
    if (cost == 0) {
        return;
    }
    auto& entries = state.entries_;
    const std::size_t first = first_live(state, now);
    state.base_ = total_before(state, first);
    state.first_ = first;
    if (first == entries.size()) {
        entries.clear();
        state.first_ = 0;
        state.base_ = 0;
    } else if (first > entries.size() / 2) {
        entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(first));
        state.first_ = 0;
    }
    const std::uint64_t before = entries.empty() ? 0 : entries.back().total;
    if (!entries.empty() && now <= entries.back().at) {
        entries.back().total += cost;
    } else {
        entries.push_back({.at = now, .total = before + cost});
    }
}

Nanos SlidingLog::fresh_at(const State& state) const {
    return state.entries_.empty() ? 0 : state.entries_.back().at + period_;
}

}  // namespace rookery::limits
