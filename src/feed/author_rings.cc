#include "feed/author_rings.h"

#include "social/tables.h"

#include <algorithm>

namespace rookery::feed {

namespace tables = social::tables;

void AuthorRing::insert(std::uint64_t id) {
    const auto end = ids.begin() + count;
    const auto place = std::lower_bound(ids.begin(), end, id, std::greater<>());
    if (place != end && *place == id) {
        return;
    }
    if (place == end && !complete) {
        return;  // older than all here: posts between may be missing
    }
    if (count < kCapacity) {
        std::move_backward(place, end, end + 1);
        *place = id;
        ++count;
        return;
    }
    complete = false;
    if (place != end) {
        std::move_backward(place, end - 1, end);
        *place = id;
    }
}

void AuthorRing::erase(std::uint64_t id) {
    const auto end = ids.begin() + count;
    const auto place = std::find(ids.begin(), end, id);
    if (place != end) {
        std::move(place + 1, end, place);
        --count;
    }
}

AuthorRings::AuthorRings(ports::Store& store, std::size_t rings_max)
    : store_(store),
      rings_per_shard_max_(std::max<std::size_t>(1, rings_max / kShards)),
      shards_(std::make_unique<std::array<Shard, kShards>>()) {}

AuthorRings::Shard& AuthorRings::shard_of(AccountId author) const {
    return (*shards_)[std::hash<AccountId>()(author) % kShards];
}

std::optional<AuthorRing> AuthorRings::peek(AccountId author) const {
    const Shard& shard = shard_of(author);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.rings.find(author);
    return found == shard.rings.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<AuthorRing>> AuthorRings::find(AccountId author) {
    CO_TRY(const auto rings, co_await find_many({author}));
    co_return rings.front();
}

Task<Result<std::vector<AuthorRing>>> AuthorRings::find_many(std::vector<AccountId> authors) {
    std::vector<AuthorRing> rings(authors.size());
    std::vector<Missing> missing;
    for (std::size_t i = 0; i < authors.size(); ++i) {
        const Shard& shard = shard_of(authors[i]);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.rings.find(authors[i]);
        if (found != shard.rings.end()) {
            rings[i] = found->second;
        } else {
            missing.push_back({i, shard.generation});
        }
    }
    for (std::size_t first = 0; first < missing.size(); first += kLoadedAtOnce) {
        const auto part =
            std::span(missing).subspan(first, std::min(kLoadedAtOnce, missing.size() - first));
        CO_CHECK(co_await load(part, &authors, &rings));
    }
    co_return rings;
}

Task<Result<void>> AuthorRings::load(
    std::span<const Missing> missing,
    const std::vector<AccountId>* authors,
    std::vector<AuthorRing>* rings
) {
    std::vector<ports::Range> ranges;
    ranges.reserve(missing.size());
    for (const Missing& one : missing) {
        // One more than fits tells whether the ring is complete.
        ranges.push_back(
            {.table = tables::kAuthorPosts,
             .partition = tables::id_bytes((*authors)[one.place]),
             .limit = AuthorRing::kCapacity + 1}
        );
    }
    CO_TRY(const auto answers, co_await store_.scan_many(std::move(ranges)));
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const std::vector<ports::Row>& rows = answers[i];
        AuthorRing& ring = (*rings)[missing[i].place];
        ring.count = static_cast<std::uint8_t>(std::min(rows.size(), AuthorRing::kCapacity));
        ring.complete = rows.size() <= AuthorRing::kCapacity;
        for (std::size_t row = 0; row < ring.count; ++row) {
            ring.ids.at(row) = tables::parse_newest_first(rows[row].sort);
        }
        const AccountId author = (*authors)[missing[i].place];
        Shard& shard = shard_of(author);
        const std::lock_guard lock(shard.mutex);
        if (shard.generation == missing[i].generation) {
            insert(shard, author, ring);
        }
    }
    co_return Result<void>{};
}

Task<Result<std::vector<std::uint64_t>>>
AuthorRings::read(AccountId author, Span span, std::size_t limit) {
    Index index{tables::kAuthorPosts, tables::id_bytes(author)};
    co_return co_await scan_ids(&store_, std::move(index), span, limit);
}

void AuthorRings::insert(Shard& shard, AccountId author, const AuthorRing& ring) {
    if (shard.rings.size() >= rings_per_shard_max_) {
        // Any victim is right, since a ring can be read again; a walking bucket spreads the loss.
        const std::size_t buckets = shard.rings.bucket_count();
        for (std::size_t tries = 0; tries < buckets; ++tries) {
            const std::size_t bucket = shard.evictions++ % buckets;
            const auto victim = shard.rings.begin(bucket);
            if (victim != shard.rings.end(bucket)) {
                shard.rings.erase(victim->first);
                break;
            }
        }
    }
    shard.rings.emplace(author, ring);
}

void AuthorRings::on_post(AccountId author, PostId post) {
    Shard& shard = shard_of(author);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.rings.find(author);
    if (found == shard.rings.end()) {
        ++shard.generation;
    } else {
        found->second.insert(post.value);
    }
}

void AuthorRings::on_delete(AccountId author, PostId post) {
    Shard& shard = shard_of(author);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.rings.find(author);
    if (found == shard.rings.end()) {
        ++shard.generation;
        return;
    }
    found->second.erase(post.value);
    if (found->second.count == 0 && !found->second.complete) {
        shard.rings.erase(found);
    }
}

void AuthorRings::clear() {
    for (Shard& shard : *shards_) {
        const std::lock_guard lock(shard.mutex);
        ++shard.generation;
        shard.rings.clear();
    }
}

std::size_t AuthorRings::size() const {
    std::size_t total = 0;
    for (const Shard& shard : *shards_) {
        const std::lock_guard lock(shard.mutex);
        total += shard.rings.size();
    }
    return total;
}

std::size_t AuthorRings::bytes() const {
    struct Node {  // of the hash table
        void* next;
        std::pair<const AccountId, AuthorRing> value;
    };
    return size() * sizeof(Node);
}

}  // namespace rookery::feed
