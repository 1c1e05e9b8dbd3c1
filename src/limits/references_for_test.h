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

/// A moment before the last admission counts as that.
class History {
public:
    [[nodiscard]] Nanos present(Nanos now) const {
        return admissions.empty() ? now : std::max(now, admissions.back().at);
    }
    std::vector<Admission> admissions;
};

/// From any admission on, no more than burst + time * amount / period, this request included.
class Bucket {
public:
    explicit Bucket(const Quota& quota) : quota_(quota) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        return cost == 0 || (cost <= quota_.burst && conforms(history_.present(now), cost));
    }
    void charge(Nanos now, std::uint64_t cost) {
        history_.admissions.push_back({history_.present(now), cost});
    }

private:
    [[nodiscard]] bool conforms(Nanos now, std::uint64_t cost) const {
        Wide sum = cost;
        for (auto it = history_.admissions.rbegin(); it != history_.admissions.rend(); ++it) {
            sum += it->cost;
            const Wide most =
                Wide{quota_.burst} * quota_.period + Wide{now - it->at} * quota_.amount;
            if (sum * quota_.period > most) {
                return false;
            }
        }
        return true;
    }
    Quota quota_;
    History history_;
};

/// A bucket whose requests leave one after another; times are in units of 1 / amount nanoseconds.
class Queue : public Bucket {
public:
    explicit Queue(const Quota& quota) : Bucket(quota), quota_(quota) {}
    [[nodiscard]] Nanos wait(Nanos now) const {
        const Wide left = std::max<Wide>(free_at_ - Wide{std::max(now, last_)} * quota_.amount, 0);
        return static_cast<Nanos>((left + quota_.amount - 1) / quota_.amount) +
               std::max<Nanos>(last_ - now, 0);
    }
    void charge(Nanos now, std::uint64_t cost) {
        Bucket::charge(now, cost);
        last_ = std::max(last_, now);
        free_at_ = std::max(free_at_, Wide{last_} * quota_.amount) + Wide{cost} * quota_.period;
    }

private:
    Quota quota_;
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

class Window {
public:
    explicit Window(const Quota& quota) : quota_(quota) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        std::uint64_t used = 0;
        for (const Admission& admission : history_.admissions) {
            const bool same = admission.at / quota_.period == history_.present(now) / quota_.period;
            used += same ? admission.cost : 0;
        }
        return cost == 0 || used + cost <= quota_.amount;
    }
    void charge(Nanos now, std::uint64_t cost) {
        history_.admissions.push_back({history_.present(now), cost});
    }

private:
    Quota quota_;
    History history_;
};

class Log {
public:
    explicit Log(const Quota& quota) : quota_(quota) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        std::uint64_t used = 0;
        for (const Admission& admission : history_.admissions) {
            used += admission.at > history_.present(now) - quota_.period ? admission.cost : 0;
        }
        return cost == 0 || used + cost <= quota_.amount;
    }
    void charge(Nanos now, std::uint64_t cost) {
        history_.admissions.push_back({history_.present(now), cost});
    }

private:
    Quota quota_;
    History history_;
};

/// A moment before the window of the last admission counts as the beginning of that.
class TwoWindows {
public:
    explicit TwoWindows(const Quota& quota) : quota_(quota) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        const Nanos last = history_.present(now);
        const Nanos present = std::max(now, last - last % quota_.period);
        const Nanos window = present / quota_.period;
        Wide used = Wide{cost} * quota_.period;
        for (const Admission& admission : history_.admissions) {
            if (admission.at / quota_.period == window) {
                used += Wide{admission.cost} * quota_.period;
            } else if (admission.at / quota_.period == window - 1) {
                used += Wide{admission.cost} * (quota_.period - present % quota_.period);
            }
        }
        return cost == 0 || used <= Wide{quota_.amount} * quota_.period;
    }
    void charge(Nanos now, std::uint64_t cost) {
        history_.admissions.push_back({history_.present(now), cost});
    }

private:
    Quota quota_;
    History history_;
};

template <Nanos kParts>
class Subwindows {
public:
    explicit Subwindows(const Quota& quota)
        : quota_(quota), length_((quota.period + kParts - 1) / kParts) {}
    [[nodiscard]] bool allowed(Nanos now, std::uint64_t cost) const {
        std::uint64_t used = 0;
        for (const Admission& admission : history_.admissions) {
            const Nanos age = history_.present(now) / length_ - admission.at / length_;
            used += age <= kParts ? admission.cost : 0;
        }
        return cost == 0 || used + cost <= quota_.amount;
    }
    void charge(Nanos now, std::uint64_t cost) {
        history_.admissions.push_back({history_.present(now), cost});
    }

private:
    Quota quota_;
    Nanos length_;
    History history_;
};

}  // namespace rookery::limits::reference
