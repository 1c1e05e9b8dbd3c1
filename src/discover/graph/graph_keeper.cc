#include "discover/graph/graph_keeper.h"

#include "discover/graph/popular.h"
#include "discover/graph/row_limit.h"
#include "social/tables.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace rookery::discover {

namespace {

namespace tables = social::tables;
using social::EventType;

constexpr std::size_t kAccountsPerStep = 1'000;
constexpr std::size_t kReviewsPerStep = 500;
constexpr std::size_t kRowsPerStep = 4'000;
constexpr std::size_t kRangesPerStep = 256;
constexpr std::size_t kRowsPerScan = 5'000;
constexpr std::size_t kTurnedPerStep = 200'000;
/// How many of the most followed are known.
constexpr std::size_t kRanked = 400;
constexpr Node kRankedAlways = 20'000;
constexpr std::size_t kRankedAfterChanges = 2'000;

std::uint8_t flags_of(const social::Account* account) {
    if (account == nullptr || account->suspended) {
        return kClosed | kUnlisted;
    }
    return static_cast<std::uint8_t>(
        (account->hide_collections ? kClosed : kOpen) | (account->discoverable ? kOpen : kUnlisted)
    );
}

ports::Range follows_range(AccountId account, std::size_t limit) {
    return {.table = tables::kFollowing, .partition = tables::id_bytes(account), .limit = limit};
}

}  // namespace

void GraphKeeper::on_committed(const social::SocialEvent& event) {
    switch (event.type) {
        case EventType::kFollowed:
        case EventType::kUnfollowed:
            live_.change(GraphChange{event.actor, event.target, event.type == EventType::kFollowed}
            );
            break;
        case EventType::kAccountUpdated:
        case EventType::kAccountSuspended: {
            const std::scoped_lock lock(mutex_);
            reviews_.insert(event.actor);
            break;
        }
        case EventType::kGraphImported: {
            const std::scoped_lock lock(mutex_);
            build_wanted_ = true;
            break;
        }
        default:
            break;
    }
}

GraphKeeper::Figures GraphKeeper::figures() {
    const FollowGraphPtr graph = live_.now();
    const std::scoped_lock lock(mutex_);
    Figures figures = figures_;
    figures.complete = complete_;
    figures.building = build_wanted_ || figures.building;
    figures.accounts = graph->nodes();
    figures.follows = graph->edges();
    figures.bytes = graph->base().bytes();
    return figures;
}

Task<Result<bool>> GraphKeeper::work() {
    CO_TRY(const bool reviewed, co_await review());
    if (reviewed) {
        co_return true;
    }
    if (build_) {
        CO_CHECK(co_await build_on());
        co_return true;
    }
    if (complete_ && live_.merge()) {
        co_return true;
    }
    rank_if_stale();
    co_return begin_if_wanted();
}

void GraphKeeper::rank_if_stale() {
    const FollowGraphPtr graph = this->graph();
    if (!graph || graph == ranked_) {
        return;
    }
    // Looking at everybody takes a millisecond for some ten thousand accounts.
    const bool is_due = !ranked_ || graph->nodes() < kRankedAlways ||
                        &graph->base() != &ranked_->base() ||
                        graph->overlay_size() > ranked_->overlay_size() + kRankedAfterChanges;
    if (!is_due) {
        return;
    }
    ranked_ = graph;
    auto ranked =
        std::make_shared<const std::vector<AccountId>>(discover::most_followed(*graph, kRanked));
    const std::scoped_lock lock(mutex_);
    most_followed_ = std::move(ranked);
}

std::shared_ptr<const std::vector<AccountId>> GraphKeeper::most_followed() {
    const std::scoped_lock lock(mutex_);
    return most_followed_;
}

bool GraphKeeper::begin_if_wanted() {
    const std::scoped_lock lock(mutex_);
    // Follows that came since may make too many of them: the limit is chosen anew.
    const bool is_too_large = complete_ && row_limit_ != 1 &&
                              live_.now()->edges() > config_.edges_max + (config_.edges_max / 10);
    if (!build_wanted_ && !is_too_large) {
        return false;
    }
    build_wanted_ = false;
    figures_.building = true;
    // Before anything is read: what changes from here on is noted for the new base.
    live_.begin_base();
    build_ = Build{};
    return true;
}

Task<Result<void>> GraphKeeper::build_on() {
    if (!build_->builder) {
        co_return co_await read_accounts();
    }
    if (build_->builder->next() < build_->builder->ids().size()) {
        co_return co_await read_rows();
    }
    if (!build_->builder->work(kTurnedPerStep)) {
        end_build();
    }
    co_return Result<void>();
}

Task<Result<void>> GraphKeeper::read_accounts() {
    CO_TRY(const auto accounts, co_await accounts_.list(build_->after_name, kAccountsPerStep));
    std::vector<AccountId> ids;
    ids.reserve(accounts.size());
    for (const social::AccountPtr& account : accounts) {
        ids.push_back(account->id);
    }
    CO_TRY(const auto counts, co_await accounts_.tallies(std::move(ids)));
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        // Who is alone is no node until they follow somebody.
        if (counts[i].followers > 0 || counts[i].following > 0) {
            const auto following =
                std::clamp<std::int64_t>(counts[i].following, 0, std::int64_t{1} << 31);
            build_->accounts.push_back(
                {accounts[i]->id, static_cast<std::uint32_t>(following), flags_of(accounts[i].get())
                }
            );
        }
    }
    if (accounts.size() < kAccountsPerStep) {
        begin_rows();
    } else {
        build_->after_name = accounts.back()->username;
    }
    co_return Result<void>();
}

void GraphKeeper::begin_rows() {
    std::ranges::sort(build_->accounts, {}, &ReadAccount::id);
    std::vector<AccountId> ids;
    std::vector<std::uint8_t> flags;
    ids.reserve(build_->accounts.size());
    flags.reserve(build_->accounts.size());
    for (const ReadAccount& account : build_->accounts) {
        ids.push_back(account.id);
        flags.push_back(account.flags);
        build_->row_sizes.push_back(account.following);
    }
    build_->accounts = {};
    build_->row_limit = follows_of_one(build_->row_sizes, config_.edges_max);
    std::uint64_t edges = 0;
    for (const std::uint32_t size : build_->row_sizes) {
        edges += std::min<std::uint64_t>(size, build_->row_limit);
    }
    build_->builder.emplace(std::move(ids), std::move(flags), edges);
}

Task<Result<void>> GraphKeeper::read_rows() {
    GraphBuilder& builder = *build_->builder;
    std::vector<ports::Range> ranges;
    std::size_t expected = 0;
    for (Node node = builder.next();
         node < builder.ids().size() && expected < kRowsPerStep && ranges.size() < kRangesPerStep;
         ++node) {
        ranges.push_back(
            follows_range(builder.ids()[node], std::min(build_->row_limit, kRowsPerScan))
        );
        expected += std::min<std::size_t>(build_->row_sizes[node], kRowsPerScan);
    }
    CO_TRY(auto found, co_await store_.scan_many(std::move(ranges)));
    std::vector<Node> row;
    for (std::vector<ports::Row>& rows : found) {
        const Node self = builder.next();
        if (rows.size() == kRowsPerScan) {
            CO_CHECK(co_await read_long_row(self, &rows));
        }
        row.clear();
        for (const ports::Row& follow : rows) {
            const auto followee = builder.node_of(AccountId(tables::parse_id_bytes(follow.value)));
            // One that is no node was followed since the accounts were read, which is noted.
            if (followee && *followee != self) {
                row.push_back(*followee);
            }
        }
        std::ranges::sort(row);
        const auto twice = std::ranges::unique(row);
        row.erase(twice.begin(), twice.end());
        builder.add_row(row);
    }
    co_return Result<void>();
}

Task<Result<void>> GraphKeeper::read_long_row(Node node, std::vector<ports::Row>* rows) const {
    for (bool more = true; more && rows->size() < build_->row_limit;) {
        const std::size_t left = build_->row_limit - rows->size();
        ports::Range range =
            follows_range(build_->builder->ids()[node], std::min(left, kRowsPerScan));
        range.from = rows->back().sort + '\0';
        const std::size_t asked = range.limit;
        CO_TRY(auto next, co_await store_.scan(std::move(range)));
        more = next.size() == asked;
        std::ranges::move(next, std::back_inserter(*rows));
    }
    co_return Result<void>();
}

void GraphKeeper::end_build() {
    row_limit_ = build_->row_limit == kAllFollows ? 0 : build_->row_limit;
    live_.replace_base(build_->builder->made());
    build_.reset();
    complete_ = true;
    const std::scoped_lock lock(mutex_);
    figures_.building = false;
    figures_.follows_of_one_max = row_limit_;
    ++figures_.built;
}

std::vector<AccountId> GraphKeeper::accounts_to_review() {
    std::vector<AccountId> ids;
    {
        const std::scoped_lock lock(mutex_);
        const auto end = reviews_.size() <= kReviewsPerStep
                             ? reviews_.end()
                             : std::next(reviews_.begin(), kReviewsPerStep);
        ids.assign(reviews_.begin(), end);
        reviews_.erase(reviews_.begin(), end);
    }
    const FollowGraphPtr graph = complete_ ? live_.now() : reviewed_;
    if (!ids.empty() || graph == reviewed_) {
        return ids;
    }
    // Nodes of the base have been looked at, unless it is a new one, made of some that were not.
    const bool is_new_base = !reviewed_ || &graph->base() != &reviewed_->base();
    for (Node node = is_new_base ? 0 : graph->first_late_node();
         node < graph->nodes() && ids.size() < kReviewsPerStep;
         ++node) {
        if ((graph->flags(node) & kUnknown) != 0) {
            ids.push_back(graph->account_of(node));
        }
    }
    if (ids.empty()) {
        reviewed_ = graph;
    }
    return ids;
}

Task<Result<bool>> GraphKeeper::review() {
    std::vector<AccountId> ids = accounts_to_review();
    if (ids.empty()) {
        co_return false;
    }
    const auto accounts = co_await accounts_.find_many(ids);
    if (!accounts) {
        const std::scoped_lock lock(mutex_);
        reviews_.insert(ids.begin(), ids.end());
        co_return Error(accounts.error());
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        live_.change(FlagsChange{ids[i], flags_of((*accounts)[i].get())});
    }
    co_return true;
}

}  // namespace rookery::discover
