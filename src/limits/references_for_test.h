#pragma once

#include "limits/quota.h"

#include <algorithm>
#include <map>
#include <vector>

/// What each algorithm must answer, from its definition and from all that was ever admitted.
namespace rookery::limits::reference {

__extension__ using Wide = __int128;

struct Admission {
    Nanos at = 0;
    std::uint64_t cost = 0;
};

/// All that was admitted. A moment before the last admission counts as that.
class History {
public:
    explicit History(const Quota& quota) : quota_(quota) {}
    void charge(Nanos now, std::uint64_t cost) { admissions_.push_back({present(now), cost}); }

protected:
    [[nodiscard]] Nanos present(Nanos now) const {
        return admissions_.empty() ? now : std::max(now, admissions_.back().at);
    }
    Quota quota_;
    std::vector<Admission> admissions_;
};

/// From any admission on, no more than burst + time * amount / period, this request included.
class Bucket : public History {
public:
    using History::History;
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        return cost == 0 || (cost <= quota_.burst && conforms(present(now), cost));
    }

private:
    [[nodiscard]] bool conforms(Nanos now, std::uint64_t cost) const {
        Wide sum = cost;
        for (auto it = admissions_.rbegin(); it != admissions_.rend(); ++it) {
            sum += it->cost;
            const Wide most =
                Wide{quota_.burst} * quota_.period + Wide{now - it->at} * quota_.amount;
            if (sum * quota_.period > most) {
                return false;
            }
        }
        return true;
    }
};

/// A bucket whose requests leave one after another; times are in units of 1 / amount nanoseconds.
class Queue : public Bucket {
public:
    using Bucket::Bucket;
    [[nodiscard]] Nanos wait(Nanos now) const {
        const Wide left = std::max<Wide>(free_at_ - Wide{std::max(now, last_)} * quota_.amount, 0);
        return static_cast<Nanos>((left + quota_.amount - 1) / quota_.amount) +
               std::max<Nanos>(last_ - now, 0);
    }
    void charge(Nanos now, std::uint64_t cost) {
        History::charge(now, cost);
        last_ = std::max(last_, now);
        free_at_ = std::max(free_at_, Wide{last_} * quota_.amount) + Wide{cost} * quota_.period;
    }

private:
    Nanos last_ = 0;
    Wide free_at_ = 0;
};

/// As Bucket, with the interval in whole nanoseconds, and no memory of when the last one came.
class CellRate {
public:
    explicit CellRate(const Quota& quota)
        : burst_(quota.burst),
          interval_(
              (quota.period + static_cast<Nanos>(quota.amount) - 1) /
              static_cast<Nanos>(quota.amount)
          ) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        Wide sum = cost;
        bool conforms = cost <= burst_;
        for (auto it = admissions_.rbegin(); it != admissions_.rend(); ++it) {
            sum += it->cost;
            conforms = conforms && it->at + sum * interval_ - now <= Wide{burst_} * interval_;
        }
        return conforms || cost == 0;
    }
    void charge(Nanos now, std::uint64_t cost) { admissions_.push_back({now, cost}); }

private:
    std::uint64_t burst_;
    Nanos interval_;
    std::vector<Admission> admissions_;
};

class Window : public History {
public:
    using History::History;
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        std::uint64_t used = 0;
        for (const Admission& admission : admissions_) {
            const bool same = admission.at / quota_.period == present(now) / quota_.period;
            used += same ? admission.cost : 0;
        }
        return cost == 0 || used + cost <= quota_.amount;
    }
};

class Log : public History {
public:
    using History::History;
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        std::uint64_t used = 0;
        for (const Admission& admission : admissions_) {
            used += admission.at > present(now) - quota_.period ? admission.cost : 0;
        }
        return cost == 0 || used + cost <= quota_.amount;
    }
};

/// A moment before the window of the last admission counts as the beginning of that.
class TwoWindows : public History {
public:
    using History::History;
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        const Nanos last = present(now);
        const Nanos present = std::max(now, last - last % quota_.period);
        const Nanos window = present / quota_.period;
        Wide used = Wide{cost} * quota_.period;
        for (const Admission& admission : admissions_) {
            if (admission.at / quota_.period == window) {
                used += Wide{admission.cost} * quota_.period;
            } else if (admission.at / quota_.period == window - 1) {
                used += Wide{admission.cost} * (quota_.period - present % quota_.period);
            }
        }
        return cost == 0 || used <= Wide{quota_.amount} * quota_.period;
    }
};

template <Nanos kParts>
class Subwindows : public History {
public:
    explicit Subwindows(const Quota& quota)
        : History(quota), length_((quota.period + kParts - 1) / kParts) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        std::uint64_t used = 0;
        for (const Admission& admission : admissions_) {
            const Nanos age = present(now) / length_ - admission.at / length_;
            used += age <= kParts ? admission.cost : 0;
        }
        return cost == 0 || used + cost <= quota_.amount;
    }

private:
    Nanos length_;
};

}  // namespace rookery::limits::reference
