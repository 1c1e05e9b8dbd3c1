#include "social/graph_bulk_import.h"

#include "base/encoding.h"
#include "social/event.h"
#include "social/tables.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::size_t kAccountsPerRead = 1000;
/// The square of so many fits into the ids of fifty days.
constexpr std::uint64_t kRanksMax = std::uint64_t{1} << 27;

}  // namespace

GraphBulkImport::GraphBulkImport(
    Environment environment,
    Accounts& accounts,
    std::string name,
    GraphBulkConfig config
)
    : environment_(std::move(environment)),
      all_accounts_(accounts),
      name_(std::move(name)),
      config_(std::move(config)) {}

GraphBulkImport::~GraphBulkImport() {
    if (sorter_.valid()) {
        sorter_.wait();
    }
}

Task<Result<bool>> GraphBulkImport::begin() {
    CO_TRY(key_, import_key("graph " + name_));
    CO_TRY(const auto before, co_await environment_.store.get(key_));
    if (before) {
        co_return false;
    }
    std::vector<ports::Table> empty{
        tables::kFollows,
        tables::kFollowing,
        tables::kFollowers,
        tables::kBlocks,
        tables::kRequestedFollows
    };
    auto load = co_await environment_.store.begin_bulk_load(std::move(empty));
    if (!load && load.error().code == ErrorCode::kConflict) {
        co_return false;
    }
    if (!load) {
        co_return load.error();
    }
    load_ = std::move(*load);
    std::string after;
    for (bool more = true; more;) {
        CO_TRY(const auto found, co_await all_accounts_.list(after, kAccountsPerRead));
        for (const AccountPtr& account : found) {
            existing_ids_.insert(account->id.value);
            existing_names_.insert(ascii_lower(account->username));
        }
        more = found.size() == kAccountsPerRead;
        after = more ? found.back()->username : "";
    }
    CO_TRY(EdgeRuns by_follower, EdgeRuns::create(config_.scratch));
    CO_TRY(EdgeRuns by_followee, EdgeRuns::create(config_.scratch));
    by_follower_.emplace(std::move(by_follower));
    by_followee_.emplace(std::move(by_followee));
    co_return true;
}

Result<void> GraphBulkImport::add(ImportedEdge edge) {
    ++taken_;
    if (edge.follower == edge.followee) {
        ++loops_;
        return {};
    }
    filling_.push_back({edge.follower.value, edge.followee.value});
    return filling_.size() < config_.chunk_edges ? Result<void>() : sort_filled();
}

/// While a chunk is sorted, the next one fills.
Result<void> GraphBulkImport::sort_filled() {
    if (auto sorted = wait_for_sorter(); !sorted) {
        return sorted;
    }
    filling_.swap(chunk_);
    filling_.clear();
    filling_.reserve(std::min(config_.chunk_edges, chunk_.size()));
    sorter_ = std::async(std::launch::async, [this] { return sort_chunk(); });
    return {};
}

Result<void> GraphBulkImport::wait_for_sorter() {
    return sorter_.valid() ? sorter_.get() : Result<void>();
}

Result<void> GraphBulkImport::sort_chunk() {
    sort_pairs(chunk_, spare_);
    note_accounts(chunk_);
    if (auto written = by_follower_->append(chunk_); !written) {
        return written;
    }
    for (IdPair& pair : chunk_) {
        std::swap(pair.first, pair.second);
    }
    sort_pairs(chunk_, spare_);
    note_accounts(chunk_);
    return by_followee_->append(chunk_);
}

void GraphBulkImport::note_accounts(const std::vector<IdPair>& sorted) {
    std::vector<std::uint64_t> found;
    for (const IdPair& pair : sorted) {
        if (found.empty() || found.back() != pair.first) {
            found.push_back(pair.first);
        }
    }
    std::vector<std::uint64_t> all;
    all.reserve(accounts_.size() + found.size());
    std::ranges::set_union(accounts_, found, std::back_inserter(all));
    accounts_.swap(all);
}

Task<Result<ImportProgress>> GraphBulkImport::finish(std::uint64_t lines) {
    Result<void> written =
        co_await environment_.pool.run([this, lines] { return write_all(lines); });
    CO_CHECK(std::move(written));
    CO_CHECK(co_await load_->finish());
    load_.reset();
    ports::Batch batch;
    batch.emit(encode(SocialEvent{.type = EventType::kGraphImported}));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return progress_;
}

void GraphBulkImport::choose_names() {
    for (const std::uint64_t id : accounts_) {
        if (existing_ids_.contains(id)) {
            continue;
        }
        unsigned variant = 0;
        std::string username = imported_username(AccountId(id), variant);
        while (existing_names_.contains(username)) {
            username = imported_username(AccountId(id), ++variant);
        }
        missing_.push_back({AccountId(id), std::move(username)});
    }
    std::ranges::sort(missing_, {}, &ImportedAccount::username);
}

Result<void> GraphBulkImport::choose_ids() {
    const std::uint64_t last = accounts_.empty() ? 0 : accounts_.back();
    rank_is_id_ = last < kRanksMax;
    ranks_ = rank_is_id_ ? last + 1 : accounts_.size();
    if (ranks_ > kRanksMax) {
        return fail(ErrorCode::kInvalid, "too many accounts for one import of a graph");
    }
    newest_id_ = first_id_at(environment_.clock.now_ms()) - 1;
    if (newest_id_ / 2 < ranks_ * ranks_) {
        return fail(ErrorCode::kInvalid, "the clock is before the time of this program");
    }
    return {};
}

std::uint64_t GraphBulkImport::rank(std::uint64_t account) const {
    if (rank_is_id_) {
        return account;
    }
    const auto found = std::ranges::lower_bound(accounts_, account);
    return static_cast<std::uint64_t>(found - accounts_.begin());
}

// One number for each pair, falling with the follower and, for one follower, with the followee. So
// the newest-first rows of everybody's followers and followees rise as the sorted edges do.
std::uint64_t GraphBulkImport::relation_id(std::uint64_t follower, std::uint64_t followee) const {
    return newest_id_ - (rank(follower) * ranks_ + rank(followee));
}

}  // namespace rookery::social
