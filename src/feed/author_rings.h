#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/task.h"
#include "feed/id_stream.h"
#include "ports/store.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace rookery::feed {

/// The newest posts of one author, newest first, in the bytes of one cache line. Every post of the
/// author with an id at or above the oldest entry is in it; if `complete`, every post at all.
struct AuthorRing {
    static constexpr std::size_t kCapacity = 7;

    std::array<std::uint64_t, kCapacity> ids{};
    std::uint8_t count = 0;
    bool complete = false;

    void insert(std::uint64_t id);
    void erase(std::uint64_t id);
    [[nodiscard]] std::uint64_t oldest() const { return count == 0 ? 0 : ids.at(count - 1U); }
    /// True if the ring has every post with an id above `id`.
    [[nodiscard]] bool covers_above(std::uint64_t id) const {
        return complete || (count > 0 && oldest() <= id + 1);
    }
};
static_assert(sizeof(AuthorRing) == 64);

/// Rings of the authors that somebody reads, loaded from the store at first use and kept true by
/// every commit. Thread-safe.
class AuthorRings {
public:
    AuthorRings(ports::Store& store, std::size_t rings_max);

    /// A copy of the author's ring, loaded if it is not there.
    [[nodiscard]] Task<Result<AuthorRing>> find(AccountId author);
    /// In the order of `authors`; what is not there is loaded together.
    [[nodiscard]] Task<Result<std::vector<AuthorRing>>> find_many(std::vector<AccountId> authors);
    /// The ring if it is in memory.
    [[nodiscard]] std::optional<AuthorRing> peek(AccountId author) const;

    /// The author's posts within a span beyond what a ring holds, from the store.
    [[nodiscard]] Task<Result<std::vector<std::uint64_t>>>
    read(AccountId author, Span span, std::size_t limit);

    void on_post(AccountId author, PostId post);
    void on_delete(AccountId author, PostId post);
    void clear();

    [[nodiscard]] std::size_t size() const;
    /// Bytes taken, without the allocator's overhead.
    [[nodiscard]] std::size_t bytes() const;

private:
    static constexpr std::size_t kShards = 64;

    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<AccountId, AuthorRing> rings;
        /// Counts changes of authors without a ring: a ring read from the store before such a
        /// change and inserted after it would miss it.
        std::uint64_t generation = 0;
        std::uint64_t evictions = 0;
    };

    /// Read from the store at once: a millisecond's work, so that other requests are not kept
    /// waiting.
    static constexpr std::size_t kLoadedAtOnce = 128;

    /// A ring that is asked for and not in memory.
    struct Missing {
        std::size_t place = 0;
        std::uint64_t generation = 0;
    };

    [[nodiscard]] Shard& shard_of(AccountId author) const;
    [[nodiscard]] Task<Result<void>> load(
        std::span<const Missing> missing,
        const std::vector<AccountId>* authors,
        std::vector<AuthorRing>* rings
    );
    void insert(Shard& shard, AccountId author, const AuthorRing& ring);

    ports::Store& store_;
    const std::size_t rings_per_shard_max_;
    std::unique_ptr<std::array<Shard, kShards>> shards_;
};

}  // namespace rookery::feed
