// Random histories of the graph against a naive model: one step at a time, and several at once.

#include "base/random.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/follows.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rookery::social {
namespace {

using Pair = std::pair<std::uint64_t, std::uint64_t>;

enum class Step : std::uint8_t {
    kFollow,
    kUnfollow,
    kAuthorize,
    kReject,
    kRemoveFollower,
    kBlock,
    kUnblock,
    kMute,
    kUnmute,
};
constexpr std::uint64_t kStepCount = 9;

struct Move {
    Step step{};
    std::uint64_t actor = 0;
    std::uint64_t target = 0;
};

/// The rules in their plainest form.
struct Model {
    std::set<Pair> follows;
    std::set<Pair> requests;  ///< requester, target
    std::set<Pair> blocks;
    std::set<Pair> mutes;
    std::set<std::uint64_t> locked;

    bool operator==(const Model&) const = default;

    std::optional<ErrorCode> apply(const Move& move) {
        const Pair forward{move.actor, move.target};
        const Pair backward{move.target, move.actor};
        const bool blocked = blocks.contains(forward) || blocks.contains(backward);
        switch (move.step) {
            case Step::kFollow:
                if (blocked) {
                    return ErrorCode::kForbidden;
                }
                if (!follows.contains(forward)) {
                    (locked.contains(move.target) ? requests : follows).insert(forward);
                }
                return std::nullopt;
            case Step::kUnfollow:
                follows.erase(forward);
                requests.erase(forward);
                return std::nullopt;
            case Step::kAuthorize:
            case Step::kReject:
                if (requests.erase(backward) == 0) {
                    return ErrorCode::kNotFound;
                }
                if (move.step == Step::kAuthorize) {
                    follows.insert(backward);
                }
                return std::nullopt;
            case Step::kRemoveFollower:
                follows.erase(backward);
                return std::nullopt;
            case Step::kBlock:
                for (const Pair& pair : {forward, backward}) {
                    follows.erase(pair);
                    requests.erase(pair);
                }
                blocks.insert(forward);
                return std::nullopt;
            case Step::kUnblock:
                blocks.erase(forward);
                return std::nullopt;
            case Step::kMute:
                mutes.insert(forward);
                return std::nullopt;
            case Step::kUnmute:
                mutes.erase(forward);
                return std::nullopt;
        }
        return std::nullopt;
    }
};

class World {
public:
    World(std::uint64_t people, std::uint64_t seed) : people_(people), random_(seed) {
        store.set_commit_listener([this](std::span<const ports::StoredEvent> events) {
            for (const ports::StoredEvent& stored : events) {
                accounts.on_committed(decode(stored.event).value());
            }
        });
        for (std::uint64_t id = 1; id <= people; ++id) {
            const auto created = kit::run(
                accounts.create({.username = "person" + std::to_string(id), .id = AccountId(id)})
            );
            EXPECT_TRUE(created);
            if (id % 3 == 0) {
                EXPECT_TRUE(kit::run(accounts.update(AccountId(id), {.locked = true})));
                model.locked.insert(id);
            }
        }
    }

    Move random_move() {
        Move move{.step = static_cast<Step>(random_.below(kStepCount))};
        move.actor = 1 + random_.below(people_);
        do {
            move.target = 1 + random_.below(people_);
        } while (move.target == move.actor);
        return move;
    }

    Task<Result<void>> make(Move move) {
        const AccountId actor(move.actor);
        const AccountId target(move.target);
        switch (move.step) {
            case Step::kFollow:
                return follows.follow(actor, target, {});
            case Step::kUnfollow:
                return follows.unfollow(actor, target);
            case Step::kAuthorize:
                return follows.authorize(actor, target);
            case Step::kReject:
                return follows.reject(actor, target);
            case Step::kRemoveFollower:
                return follows.remove_follower(actor, target);
            case Step::kBlock:
                return follows.block(actor, target);
            case Step::kUnblock:
                return follows.unblock(actor, target);
            case Step::kMute:
                return follows.mute(actor, target, true, 0);
            case Step::kUnmute:
                break;
        }
        return follows.unmute(actor, target);
    }

    /// Pairs in a table keyed by both people; `swapped` for those keyed the other way round.
    std::set<Pair> pairs_of_keys(ports::Table table, bool swapped = false) const {
        std::set<Pair> out;
        for (const auto& [key, value] : store.rows()) {
            if (key.table == table) {
                const Pair pair{
                    tables::parse_id_bytes(key.partition), tables::parse_id_bytes(key.sort)
                };
                out.insert(swapped ? Pair{pair.second, pair.first} : pair);
            }
        }
        return out;
    }

    /// Pairs of a list "person / ~relation → other"; a pair that is listed twice is an error.
    std::set<Pair> pairs_of_list(ports::Table table, bool swapped = false) const {
        std::set<Pair> out;
        for (const auto& [key, value] : store.rows()) {
            if (key.table == table) {
                const Pair pair{
                    tables::parse_id_bytes(key.partition), tables::parse_id_bytes(value)
                };
                EXPECT_TRUE(out.insert(swapped ? Pair{pair.second, pair.first} : pair).second);
            }
        }
        return out;
    }

    void expect_rows_agree(const Model& expected) const {
        EXPECT_EQ(pairs_of_keys(tables::kFollows), expected.follows);
        EXPECT_EQ(pairs_of_list(tables::kFollowing), expected.follows);
        EXPECT_EQ(pairs_of_list(tables::kFollowers, true), expected.follows);
        EXPECT_EQ(pairs_of_keys(tables::kRequestedFollows), expected.requests);
        EXPECT_EQ(pairs_of_list(tables::kFollowRequests, true), expected.requests);
        EXPECT_EQ(pairs_of_keys(tables::kBlocks), expected.blocks);
        EXPECT_EQ(pairs_of_keys(tables::kBlockedBy, true), expected.blocks);
        EXPECT_EQ(pairs_of_list(tables::kBlockList), expected.blocks);
        EXPECT_EQ(pairs_of_keys(tables::kMutes), expected.mutes);
        EXPECT_EQ(pairs_of_list(tables::kMuteList), expected.mutes);
    }

    void expect_counts_agree(const Model& expected) {
        for (std::uint64_t id = 1; id <= people_; ++id) {
            AccountCounts wanted;
            for (const Pair& pair : expected.follows) {
                wanted.following += pair.first == id ? 1 : 0;
                wanted.followers += pair.second == id ? 1 : 0;
            }
            EXPECT_EQ(kit::run(accounts.counts({AccountId(id)})).value().at(0), wanted) << id;
        }
    }

    void expect_relationships_agree(const Model& expected) {
        for (std::uint64_t id = 1; id <= people_; ++id) {
            std::vector<AccountId> others;
            for (std::uint64_t other = 1; other <= people_; ++other) {
                others.emplace_back(other);
            }
            for (const auto& found :
                 kit::run(follows.relationships(AccountId(id), others)).value()) {
                const Pair forward{id, found.other.value};
                const Pair backward{found.other.value, id};
                EXPECT_EQ(found.following, expected.follows.contains(forward));
                EXPECT_EQ(found.followed_by, expected.follows.contains(backward));
                EXPECT_EQ(found.requested, expected.requests.contains(forward));
                EXPECT_EQ(found.requested_by, expected.requests.contains(backward));
                EXPECT_EQ(found.blocking, expected.blocks.contains(forward));
                EXPECT_EQ(found.blocked_by, expected.blocks.contains(backward));
                EXPECT_EQ(found.muting, expected.mutes.contains(forward));
            }
        }
    }

    /// What the events since the beginning say, as a consumer would keep it.
    Model replayed() {
        Model out{.locked = model.locked};
        for (const auto& stored : kit::run(store.read_events(0, 1'000'000)).value()) {
            const SocialEvent event = decode(stored.event).value();
            const Pair pair{event.actor.value, event.target.value};
            const auto change = [&](std::set<Pair>& set, bool added) {
                EXPECT_TRUE(added ? set.insert(pair).second : set.erase(pair) == 1);
            };
            switch (event.type) {
                case EventType::kFollowed:
                case EventType::kUnfollowed:
                    change(out.follows, event.type == EventType::kFollowed);
                    break;
                case EventType::kFollowRequested:
                case EventType::kFollowRequestGone:
                    change(out.requests, event.type == EventType::kFollowRequested);
                    break;
                case EventType::kBlocked:
                case EventType::kUnblocked:
                    change(out.blocks, event.type == EventType::kBlocked);
                    break;
                case EventType::kMuted:
                case EventType::kUnmuted:
                    change(out.mutes, event.type == EventType::kMuted);
                    break;
                default:
                    break;
            }
        }
        return out;
    }

    std::uint64_t people_;
    Random random_;
    kit::ManualClock clock;
    kit::MemoryStore store{clock};
    IdGenerator generator{clock, 1, 42};
    BlockingPool pool{1};
    Environment environment{store, clock, generator, pool};
    Accounts accounts{environment, {}};
    Follows follows{environment, accounts};
    Model model;
};

std::optional<ErrorCode> code_of(const Result<void>& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

TEST(FollowsProperty, EveryStepAgreesWithTheModel) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        World world(5, seed);
        for (int i = 0; i < 150 && !testing::Test::HasFailure(); ++i) {
            const Move move = world.random_move();
            const auto expected = world.model.apply(move);
            EXPECT_EQ(code_of(kit::run(world.make(move))), expected)
                << "step " << i << ": " << static_cast<int>(move.step) << " " << move.actor << " "
                << move.target;
            world.expect_rows_agree(world.model);
            world.expect_counts_agree(world.model);
            world.expect_relationships_agree(world.model);
        }
        EXPECT_EQ(world.replayed(), world.model);
    }
}

/// Makes all moves at once, interleaved at every call of the store, and returns their outcomes.
std::vector<std::optional<ErrorCode>> make_at_once(World& world, const std::vector<Move>& moves) {
    boost::asio::io_context context(1);
    std::vector<std::optional<ErrorCode>> outcomes(moves.size());
    for (std::size_t i = 0; i < moves.size(); ++i) {
        boost::asio::co_spawn(
            context,
            world.make(moves[i]),
            [&outcomes, i](std::exception_ptr error, Result<void> r) {
                EXPECT_FALSE(error);
                outcomes[i] = code_of(r);
            }
        );
    }
    context.run();
    return outcomes;
}

/// The model after some order of the moves that explains every outcome and the events, if any.
bool some_order_explains(
    const Model& before,
    const std::vector<Move>& moves,
    const std::vector<std::optional<ErrorCode>>& outcomes,
    const Model& after
) {
    std::vector<std::size_t> order(moves.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    do {
        Model model = before;
        const bool explains = std::ranges::all_of(order, [&](std::size_t i) {
            return model.apply(moves[i]) == outcomes[i];
        });
        if (explains && model == after) {
            return true;
        }
    } while (std::ranges::next_permutation(order).found);
    return false;
}

TEST(FollowsProperty, ChangesThatRaceEndAsIfMadeInSomeOrder) {
    constexpr std::size_t kAtOnce = 5;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        World world(3, seed);
        world.store.yield_on_calls(true);
        for (int round = 0; round < 12 && !testing::Test::HasFailure(); ++round) {
            std::vector<Move> moves;
            for (std::size_t i = 0; i < kAtOnce; ++i) {
                moves.push_back(world.random_move());
            }
            const auto outcomes = make_at_once(world, moves);
            const Model after = world.replayed();
            world.expect_rows_agree(after);
            world.expect_counts_agree(after);
            EXPECT_TRUE(some_order_explains(world.model, moves, outcomes, after));
            world.model = after;
        }
    }
}

}  // namespace
}  // namespace rookery::social
