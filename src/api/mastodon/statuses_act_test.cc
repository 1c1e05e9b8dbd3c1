#include "api/mastodon/request_fixture.h"

namespace rookery::api::mastodon {
namespace {

/// Each answer shows what the request itself has changed, also where the post is in memory as it
/// was before.
class StatusesAct : public RequestFixture {
protected:
    boost::json::value act(const social::PostPtr& on, const std::string& what) {
        const Answer answer = post("/api/v1/statuses/" + to_string(on->id) + "/" + what);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json();
    }
    boost::json::value read(const social::PostPtr& made) {
        return get("/api/v1/statuses/" + to_string(made->id)).json();
    }
};

TEST_F(StatusesAct, AnswersWithTheCountsAsTheyThenAre) {
    const auto made = post(alice_, "likeable");
    sign_in(bob_);
    for (int time = 0; time < 2; ++time) {
        EXPECT_EQ(read(made).at("favourites_count"), 0);
        EXPECT_EQ(act(made, "favourite").at("favourites_count"), 1);
        EXPECT_EQ(act(made, "favourite").at("favourites_count"), 1) << "a repeat changes nothing";
        EXPECT_EQ(read(made).at("favourites_count"), 1);
        EXPECT_EQ(act(made, "unfavourite").at("favourites_count"), 0);
        const auto shared = act(made, "reblog");
        EXPECT_EQ(shared.at("reblog").at("reblogs_count"), 1);
        EXPECT_EQ(shared.at("account").at("statuses_count"), 1);
        EXPECT_EQ(read(made).at("reblogs_count"), 1);
        EXPECT_EQ(act(made, "unreblog").at("reblogs_count"), 0);
    }
}

TEST_F(StatusesAct, AReactionToABoostCountsOnWhatItBoosts) {
    const auto made = post(alice_, "likeable");
    const auto shared = boost(carol_, made);
    sign_in(bob_);
    EXPECT_EQ(read(shared).at("reblog").at("favourites_count"), 0);
    EXPECT_EQ(act(shared, "favourite").at("favourites_count"), 1);
    EXPECT_EQ(read(shared).at("reblog").at("favourites_count"), 1);
}

TEST_F(StatusesAct, PostingDeletingAndReplyingCountAtOnce) {
    sign_in(alice_);
    const auto publish = [this](const std::string& parent) {
        const Answer made =
            post("/api/v1/statuses", {{"status", "hello"}, {"in_reply_to_id", parent}});
        EXPECT_EQ(made.status, 200) << made.body;
        return made.json();
    };
    const auto first = publish("");
    EXPECT_EQ(first.at("account").at("statuses_count"), 1);
    const std::string path = "/api/v1/statuses/" + std::string(first.at("id").as_string());
    EXPECT_EQ(get(path).json().at("replies_count"), 0);
    const auto reply = publish(std::string(first.at("id").as_string()));
    EXPECT_EQ(reply.at("account").at("statuses_count"), 2);
    EXPECT_EQ(get(path).json().at("replies_count"), 1);
    EXPECT_EQ(get(path).json().at("account").at("statuses_count"), 2);
    const std::string reply_path = "/api/v1/statuses/" + std::string(reply.at("id").as_string());
    EXPECT_EQ(ask(http::Method::kDelete, reply_path).status, 200);
    EXPECT_EQ(get(path).json().at("replies_count"), 0);
    EXPECT_EQ(get(path).json().at("account").at("statuses_count"), 1);
}

}  // namespace
}  // namespace rookery::api::mastodon
