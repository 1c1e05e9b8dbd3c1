#include "load/follow_source.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace rookery::load {

namespace {

constexpr std::size_t kPairs = 2000;
constexpr std::int64_t kUndoneAfterNs = 500'000'000;

/// Whether the Relationship says that the account is followed; nothing if it is none.
std::optional<bool> is_following(const boost::json::value& relationship) {
    const boost::json::object* object = relationship.if_object();
    const boost::json::value* following =
        object == nullptr ? nullptr : object->if_contains("following");
    if (following == nullptr || !following->is_bool()) {
        return std::nullopt;
    }
    return following->as_bool();
}

}  // namespace

std::string FollowSource::request(const Pair& pair, const char* verb) const {
    return scene_.target.send(
        "POST",
        fmt::format("/api/v1/accounts/{}/{}", scene_.people.id(pair.followee), verb),
        scene_.people.token(pair.follower),
        ""
    );
}

Result<void> FollowSource::prepare(Fetcher& fetcher) {
    if (scene_.people.size() < 2) {
        return fail(ErrorCode::kInvalid, "following takes two accounts at least");
    }
    Random random(scene_.seed ^ 0xF0110ULL);
    std::set<std::pair<std::uint32_t, std::uint32_t>> drawn;
    std::vector<Pair> candidates;
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < kPairs; ++i) {
        const Pair pair{
            .follower = static_cast<std::uint32_t>(random.below(scene_.people.size())),
            .followee = static_cast<std::uint32_t>(random.below(scene_.people.size())),
        };
        if (pair.follower != pair.followee && drawn.emplace(pair.follower, pair.followee).second) {
            candidates.push_back(pair);
            requests.push_back(scene_.target.get(
                fmt::format(
                    "/api/v1/accounts/relationships?id[]={}", scene_.people.id(pair.followee)
                ),
                scene_.people.token(pair.follower)
            ));
        }
    }
    TRY(const auto bodies, fetcher.bodies(std::move(requests)));
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        boost::system::error_code error;
        const boost::json::value json = boost::json::parse(bodies[i], error);
        if (!error && json.is_array() && json.as_array().size() == 1 &&
            is_following(json.as_array().front()) == false) {
            pairs_.push_back(candidates[i]);
        }
    }
    if (pairs_.empty()) {
        return fail(ErrorCode::kInvalid, "found nobody who does not follow another yet");
    }
    return {};
}

void FollowSource::add(Plan& plan, std::int64_t at_ns, Random& /*random*/) {
    const auto number = static_cast<std::uint32_t>(next_++ % pairs_.size());
    Pair& pair = pairs_[number];
    for (const char* verb : {"follow", "unfollow"}) {
        const bool undoes = std::string_view(verb) == "unfollow";
        plan.operations.push_back({
            .at_ns = at_ns + (undoes ? kUndoneAfterNs : 0),
            .request = plan.add_request(request(pair, verb)),
            .after = pair.last,
            .who = pair.follower,
            .about = number,
            .kind = static_cast<std::uint8_t>(first_kind() + (undoes ? 1 : 0)),
        });
        pair.last = static_cast<std::uint32_t>(plan.operations.size() - 1);
    }
}

std::optional<std::string> FollowSource::judge(const KeptAnswer& answer) const {
    boost::system::error_code error;
    const boost::json::value json = boost::json::parse(answer.body, error);
    const auto following = error ? std::nullopt : is_following(json);
    if (!following) {
        return "the answer is no relationship";
    }
    if (*following != (answer.operation.kind == first_kind())) {
        return *following ? "still followed after unfollowing" : "not followed after following";
    }
    return std::nullopt;
}

Result<void> FollowSource::restore(Fetcher& fetcher) {
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < std::min(next_, pairs_.size()); ++i) {
        requests.push_back(request(pairs_[i], "unfollow"));
    }
    auto undone = fetcher.bodies(std::move(requests));
    return undone ? Result<void>{} : std::move(undone).error();
}

}  // namespace rookery::load
