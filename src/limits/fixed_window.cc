#include "limits/fixed_window.h"

#include "base/random.h"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <vector>

namespace rookery::limits {

namespace {

constexpr std::size_t kWays = 8;
constexpr std::size_t kShards = 16;

struct Slot {
    std::uint64_t key = 0;
    std::uint32_t window = 0;  ///< low bits of the window's number; the count of another is over
    std::uint32_t count = 0;
};

std::uint64_t seed_of_process() {
    const std::string bytes = secure_random_bytes(sizeof(std::uint64_t));
    std::uint64_t seed = 0;
    std::ranges::copy(bytes, reinterpret_cast<char*>(&seed));
    return seed;
}

}  // namespace

/// Buckets of eight slots, in shards with a mutex each.
class FixedWindow::Table {
public:
    explicit Table(std::size_t keys_max)
        : seed_(seed_of_process()),
          buckets_per_shard_(std::max<std::size_t>(1, keys_max / (kShards * kWays))) {
        for (Shard& shard : shards_) {
            shard.buckets.resize(buckets_per_shard_);
        }
    }

    /// The count after adding `n` (0: as it is).
    std::uint32_t add(std::string_view key, std::uint32_t window, std::uint32_t n) {
        std::uint64_t state = std::hash<std::string_view>{}(key) ^ seed_;
        const std::uint64_t hash = split_mix64(state) | 1U;
        Shard& shard = shards_[hash >> 60U];
        const std::lock_guard lock(shard.mutex);
        auto& bucket = shard.buckets[(hash >> 8U) % buckets_per_shard_];
        Slot* slot = nullptr;
        for (Slot& candidate : bucket) {
            if (candidate.key == hash) {
                slot = &candidate;
                break;
            }
        }
        if (slot == nullptr) {
            if (n == 0) {
                return 0;
            }
            slot = &*std::ranges::min_element(bucket, {}, [window](const Slot& s) {
                return s.window == window ? s.count : 0;
            });
            *slot = Slot{hash, window, 0};
        }
        if (slot->window != window) {
            slot->window = window;
            slot->count = 0;
        }
        slot->count += std::min(n, UINT32_MAX - slot->count);
        return slot->count;
    }

private:
    struct alignas(64) Shard {
        std::mutex mutex;
        std::vector<std::array<Slot, kWays>> buckets;
    };

    std::uint64_t seed_;
    std::size_t buckets_per_shard_;
    std::array<Shard, kShards> shards_;
};

namespace {

Allowance allowance(const FixedWindowConfig& config, std::uint32_t count, UnixMs now_ms) {
    const UnixMs length = std::max<UnixMs>(1, config.window_ms);
    return {
        .allowed = count <= config.requests_max,
        .limit = config.requests_max,
        .remaining = config.requests_max - std::min(count, config.requests_max),
        .resets_at_ms = (now_ms / length + 1) * length,
    };
}

std::uint32_t window_number(const FixedWindowConfig& config, UnixMs now_ms) {
    return static_cast<std::uint32_t>(now_ms / std::max<UnixMs>(1, config.window_ms));
}

}  // namespace

FixedWindow::FixedWindow(FixedWindowConfig config)
    : config_(config), table_(std::make_unique<Table>(config.keys_max)) {}

FixedWindow::~FixedWindow() = default;

Allowance FixedWindow::take(std::string_view key, UnixMs now_ms) {
    return allowance(config_, table_->add(key, window_number(config_, now_ms), 1), now_ms);
}

Allowance FixedWindow::peek(std::string_view key, UnixMs now_ms) const {
    return allowance(config_, table_->add(key, window_number(config_, now_ms), 0), now_ms);
}

}  // namespace rookery::limits
