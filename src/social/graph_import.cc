#include "social/graph_import.h"

#include "social/event.h"
#include "social/follows.h"
#include "social/tables.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace rookery::social {

namespace {

using ports::Batch;
using tables::id_bytes;
using tables::newest_first;

constexpr int kAttemptsMax = 32;
constexpr auto kTellEvery = std::chrono::seconds(1);
/// Over so many the accounts are looked up again: 16 bytes each.
constexpr std::size_t kKnownAccountsMax = 16'000'000;

ports::Event graph_imported() {
    return encode(SocialEvent{.type = EventType::kGraphImported});
}

void expect_as_stored(Batch& batch, ports::Key key, const std::optional<std::string>& value) {
    if (value) {
        batch.expect_equals(std::move(key), *value);
    } else {
        batch.expect_absent(std::move(key));
    }
}

ports::Key follow_key(const ImportedEdge& edge) {
    return {tables::kFollows, id_bytes(edge.follower), id_bytes(edge.followee)};
}

/// Rows that forbid an edge where one of them is there.
std::vector<ports::Key> keys_at_odds(const ImportedEdge& edge) {
    const std::string follower = id_bytes(edge.follower);
    const std::string followee = id_bytes(edge.followee);
    return {
        {tables::kBlocks, follower, followee},
        {tables::kBlocks, followee, follower},
        {tables::kRequestedFollows, follower, followee},
    };
}

void append_counts(Batch& batch, const std::vector<ImportedEdge>& edges) {
    std::map<AccountId, ports::Counters> counts;
    for (const ImportedEdge& edge : edges) {
        ++counts[edge.followee][0];
        ++counts[edge.follower][1];
    }
    for (const auto& [account, delta] : counts) {
        batch.add({tables::kAccountCounters, id_bytes(account), {}}, delta);
    }
}

}  // namespace

GraphImport::GraphImport(Environment environment, std::string name)
    : environment_(environment), name_(std::move(name)) {}

Task<Result<ImportProgress>> GraphImport::begin() {
    CO_TRY(key_, import_key("graph " + name_));
    CO_TRY(stored_progress_, co_await environment_.store.get(key_));
    if (stored_progress_) {
        CO_TRY(progress_, decode_import_progress(*stored_progress_));
    }
    told_at_ = environment_.clock.steady();
    co_return progress_;
}

Task<Result<void>> GraphImport::add(std::vector<ImportedEdge> edges, std::uint64_t lines_done) {
    const std::size_t given = edges.size();
    Chunk chunk{.edges = std::move(edges)};
    std::erase_if(chunk.edges, [](const ImportedEdge& edge) {
        return edge.follower == edge.followee;
    });
    std::ranges::sort(chunk.edges);
    const auto repeated = std::ranges::unique(chunk.edges);
    chunk.edges.erase(repeated.begin(), repeated.end());
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        if (attempt > 0) {
            // Most of an input is new: only after a conflict look what is not.
            CO_CHECK(co_await check_alone());
            CO_CHECK(co_await drop_unwanted(&chunk.edges));
        }
        CO_TRY(chunk.missing, co_await find_missing(&chunk.edges));
        if (attempt > 0) {
            CO_CHECK(co_await rename_taken(&chunk.missing));
        }
        ImportProgress after = progress_;
        after.lines = lines_done;
        after.made += chunk.edges.size();
        after.accounts += chunk.missing.size();
        after.skipped += given - chunk.edges.size();
        Batch batch = batch_of(chunk, after);
        const auto committed = co_await environment_.store.commit(std::move(batch));
        if (committed) {
            for (const ImportedAccount& made : chunk.missing) {
                known_.insert_or_assign(made.id.value, Origin::kMadeHere);
            }
            progress_ = after;
            stored_progress_ = encode(after);
            co_return Result<void>{};
        }
        if (committed.error().code != ErrorCode::kConflict) {
            co_return committed.error();
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<ImportProgress>> GraphImport::finish() {
    Batch batch;
    batch.emit(graph_imported());
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return progress_;
}

Task<Result<std::vector<ImportedAccount>>> GraphImport::find_missing(
    const std::vector<ImportedEdge>* edges
) {
    if (known_.size() > kKnownAccountsMax) {
        known_.clear();
    }
    std::vector<AccountId> unknown;
    for (const ImportedEdge& edge : *edges) {
        for (const AccountId id : {edge.follower, edge.followee}) {
            if (!known_.contains(id.value)) {
                unknown.push_back(id);
            }
        }
    }
    std::ranges::sort(unknown);
    const auto repeated = std::ranges::unique(unknown);
    unknown.erase(repeated.begin(), repeated.end());
    std::vector<ports::Key> keys;
    keys.reserve(unknown.size());
    for (const AccountId id : unknown) {
        keys.push_back({tables::kAccounts, id_bytes(id), {}});
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<ImportedAccount> missing;
    for (std::size_t i = 0; i < unknown.size(); ++i) {
        if (rows[i]) {
            known_.emplace(unknown[i].value, Origin::kFound);
        } else {
            missing.push_back({unknown[i], imported_username(unknown[i], 0)});
        }
    }
    co_return missing;
}

Task<Result<void>> GraphImport::rename_taken(std::vector<ImportedAccount>* accounts) {
    std::vector<ports::Key> keys;
    keys.reserve(accounts->size());
    for (const ImportedAccount& account : *accounts) {
        keys.push_back(imported_name_key(account.username));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < accounts->size(); ++i) {
        if (rows[i]) {
            ImportedAccount& account = (*accounts)[i];
            CO_TRY(account.username, co_await free_username(account.id));
        }
    }
    co_return Result<void>{};
}

Task<Result<std::string>> GraphImport::free_username(AccountId id) {
    for (unsigned variant = 1; variant < 1000; ++variant) {
        std::string username = imported_username(id, variant);
        CO_TRY(const auto taken, co_await environment_.store.get(imported_name_key(username)));
        if (!taken) {
            co_return username;
        }
    }
    co_return fail(ErrorCode::kInvalid, "No username is free for account " + to_string(id));
}

Task<Result<void>> GraphImport::drop_unwanted(std::vector<ImportedEdge>* edges) {
    std::vector<ports::Key> keys;
    std::vector<std::size_t> edge_of_key;
    for (std::size_t i = 0; i < edges->size(); ++i) {
        const ImportedEdge& edge = (*edges)[i];
        keys.push_back(follow_key(edge));
        if (may_be_at_odds(edge)) {
            std::ranges::move(keys_at_odds(edge), std::back_inserter(keys));
        }
        edge_of_key.resize(keys.size(), i);
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<bool> unwanted(edges->size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        unwanted[edge_of_key[i]] = unwanted[edge_of_key[i]] || rows[i].has_value();
    }
    std::vector<ImportedEdge> kept;
    for (std::size_t i = 0; i < edges->size(); ++i) {
        if (!unwanted[i]) {
            kept.push_back((*edges)[i]);
        }
    }
    *edges = std::move(kept);
    co_return Result<void>{};
}

Task<Result<void>> GraphImport::check_alone() {
    CO_TRY(const auto stored, co_await environment_.store.get(key_));
    if (stored != stored_progress_) {
        co_return fail(ErrorCode::kConflict, "Another import of this name is under way");
    }
    co_return Result<void>{};
}

bool GraphImport::may_be_at_odds(const ImportedEdge& edge) const {
    const auto was_found = [this](AccountId id) {
        const auto known = known_.find(id.value);
        return known != known_.end() && known->second == Origin::kFound;
    };
    return was_found(edge.follower) || was_found(edge.followee);
}

Batch GraphImport::batch_of(const Chunk& chunk, const ImportProgress& after) {
    Batch batch;
    expect_as_stored(batch, key_, stored_progress_);
    batch.put(key_, encode(after));
    append_imported_accounts(batch, chunk.missing, environment_.clock.now_ms());
    append_edges(batch, chunk.edges);
    if (environment_.clock.steady() - told_at_ >= kTellEvery) {
        told_at_ = environment_.clock.steady();
        batch.emit(graph_imported());
    }
    return batch;
}

// Grouped by table and in the order of keys: RocksDB inserts runs of rising keys several times
// faster than keys here and there.
void GraphImport::append_edges(Batch& batch, const std::vector<ImportedEdge>& edges) {
    // Ids fall along the edges, so that the newest-first rows of one follower rise with them.
    std::vector<std::uint64_t> ids(edges.size());
    std::ranges::generate(ids.rbegin(), ids.rend(), [this] { return environment_.ids.next(); });
    batch.operations.reserve(batch.operations.size() + 5 * edges.size());
    batch.expectations.reserve(batch.expectations.size() + edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        batch.expect_absent(follow_key(edges[i]));
        if (may_be_at_odds(edges[i])) {
            for (ports::Key& key : keys_at_odds(edges[i])) {
                batch.expect_absent(std::move(key));
            }
        }
        batch.put(follow_key(edges[i]), encode(Follow{.id = RelationId(ids[i])}));
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
        batch.put(
            {tables::kFollowing, id_bytes(edges[i].follower), newest_first(ids[i])},
            id_bytes(edges[i].followee)
        );
    }
    std::vector<std::size_t> order(edges.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&edges](std::size_t i) {
        return std::pair(edges[i].followee, i);
    });
    for (const std::size_t i : order) {
        batch.put(
            {tables::kFollowers, id_bytes(edges[i].followee), newest_first(ids[i])},
            id_bytes(edges[i].follower)
        );
    }
    append_counts(batch, edges);
}

}  // namespace rookery::social
