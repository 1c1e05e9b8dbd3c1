#include "api/mastodon/request_fixture.h"

namespace rookery::api::mastodon {
namespace {

class AccountsApi : public RequestFixture {
protected:
    std::string path(AccountId id, const std::string& what = "") {
        return "/api/v1/accounts/" + to_string(id) + what;
    }
    void sign_in_app() {
        const Answer app = post(
            "/api/v1/apps",
            {{"client_name", "x"}, {"redirect_uris", "a:b"}, {"scopes", "read write"}}
        );
        client_id_ = app.text("client_id");
        sign_in(AccountId{}, "read write");
    }
    std::vector<std::string> names(const Answer& answer) {
        std::vector<std::string> out;
        for (const auto& account : answer.json().as_array()) {
            out.emplace_back(account.at("username").as_string());
        }
        return out;
    }
};

TEST_F(AccountsApi, AnAccountHasNothingThatClientsMustNotFindNull) {
    const auto account = get(path(alice_)).json();
    for (const char* name :
         {"id",
          "username",
          "acct",
          "display_name",
          "note",
          "url",
          "uri",
          "avatar",
          "avatar_static",
          "header",
          "header_static",
          "created_at"}) {
        EXPECT_TRUE(account.at(name).is_string()) << name;
    }
    EXPECT_TRUE(account.at("fields").is_array());
    EXPECT_TRUE(account.at("emojis").is_array());
    EXPECT_TRUE(account.at("last_status_at").is_null());
    EXPECT_EQ(account.at("url"), "https://rookery.example/@alice");
    EXPECT_EQ(account.at("created_at"), "2026-01-01T00:00:00.000Z");
}

TEST_F(AccountsApi, CountsAreTrueRightAfterAChange) {
    EXPECT_EQ(get(path(bob_)).json().at("followers_count").as_int64(), 0);
    follow(alice_, bob_);
    EXPECT_EQ(get(path(bob_)).json().at("followers_count").as_int64(), 1);
    post(bob_, "hello");
    EXPECT_EQ(get(path(bob_)).json().at("statuses_count").as_int64(), 1);
    EXPECT_EQ(get(path(bob_)).json().at("last_status_at"), "2026-01-01");
}

TEST_F(AccountsApi, UpdatingChangesWhatIsGivenAndNothingElse) {
    sign_in(alice_);
    const Answer changed =
        ask(http::Method::kPatch,
            "/api/v1/accounts/update_credentials",
            {{"display_name", "Alice <3"},
             {"fields_attributes[1][name]", "two"},
             {"fields_attributes[1][value]", "2"},
             {"fields_attributes[0][name]", "one"},
             {"fields_attributes[0][value]", "https://a.example"},
             {"source[privacy]", "unlisted"},
             {"locked", "true"}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    const auto account = changed.json();
    EXPECT_EQ(account.at("display_name"), "Alice <3");
    EXPECT_TRUE(account.at("locked").as_bool());
    EXPECT_EQ(account.at("source").at("privacy"), "unlisted");
    EXPECT_EQ(account.at("source").at("fields").as_array().size(), 2U);
    EXPECT_EQ(account.at("source").at("fields").at(0).at("name"), "one");
    EXPECT_NE(account.at("fields").at(0).at("value").as_string().find("<a "), std::string::npos);
    EXPECT_EQ(get("/api/v1/preferences").json().at("posting:default:visibility"), "unlisted");
    const auto seen = get(path(alice_)).json();
    EXPECT_EQ(seen.at("display_name"), "Alice <3");
    EXPECT_FALSE(seen.as_object().contains("source"));
}

TEST_F(AccountsApi, UpdatingNamesWhatIsWrong) {
    sign_in(alice_);
    const auto refused = [this](const std::string& name, const std::string& value) {
        return ask(http::Method::kPatch, "/api/v1/accounts/update_credentials", {{name, value}});
    };
    for (const auto& [name, value] : std::initializer_list<std::pair<std::string, std::string>>{
             {"locked", "maybe"}, {"source[privacy]", "direct"}, {"avatar", "x"}
         }) {
        const Answer answer = refused(name, value);
        EXPECT_EQ(answer.status, 422) << name;
        EXPECT_NE(answer.text("error").find(name), std::string::npos) << answer.body;
    }
    EXPECT_EQ(refused("display_name", std::string(200, 'x')).status, 422);
}

TEST_F(AccountsApi, LooksUpOwnNamesOnly) {
    EXPECT_EQ(get("/api/v1/accounts/lookup?acct=Alice").text("username"), "alice");
    EXPECT_EQ(get("/api/v1/accounts/lookup?acct=@alice@rookery.example").status, 200);
    EXPECT_EQ(get("/api/v1/accounts/lookup?acct=alice@other.example").status, 404);
    EXPECT_EQ(get("/api/v1/accounts/lookup?acct=nobody").status, 404);
    EXPECT_EQ(get("/api/v1/accounts/lookup").status, 422);
}

TEST_F(AccountsApi, SearchCompletesNames) {
    sign_in(alice_);
    EXPECT_EQ(names(get("/api/v1/accounts/search?q=@CA")), std::vector<std::string>{"carol"});
    EXPECT_EQ(names(get("/api/v1/accounts/search?q=carol@rook")).size(), 1U);
    EXPECT_TRUE(names(get("/api/v1/accounts/search?q=carol@other")).empty());
    EXPECT_TRUE(names(get("/api/v1/accounts/search?q=bo&following=true")).empty());
    follow(alice_, bob_);
    EXPECT_EQ(names(get("/api/v1/accounts/search?q=bo&following=true")).size(), 1U);
    ASSERT_TRUE(kit::run(follows_.block(alice_, carol_)));
    EXPECT_TRUE(names(get("/api/v1/accounts/search?q=caro")).empty());
    EXPECT_EQ(names(get("/api/v1/accounts/search?q=carol")).size(), 1U)
        << "or nobody could unblock";
}

TEST_F(AccountsApi, FollowingAnswersTheRelationship) {
    sign_in(alice_);
    const Answer followed = post(path(bob_, "/follow"), {{"reblogs", "false"}, {"notify", "true"}});
    ASSERT_EQ(followed.status, 200) << followed.body;
    EXPECT_TRUE(followed.json().at("following").as_bool());
    EXPECT_FALSE(followed.json().at("showing_reblogs").as_bool());
    EXPECT_TRUE(followed.json().at("notifying").as_bool());
    EXPECT_FALSE(post(path(bob_, "/unfollow")).json().at("following").as_bool());
    EXPECT_EQ(post(path(AccountId{12345}, "/follow")).status, 404);
    EXPECT_EQ(post("/api/v1/accounts/abc/follow").status, 404);
    EXPECT_EQ(post(path(bob_, "/follow"), {{"notify", "perhaps"}}).status, 422);
}

TEST_F(AccountsApi, MutesTellWhenTheyEnd) {
    sign_in(alice_);
    EXPECT_TRUE(post(path(bob_, "/mute"), {{"duration", "60"}}).json().at("muting").as_bool());
    const auto muted = get("/api/v1/mutes").json();
    EXPECT_EQ(muted.at(0).at("username"), "bob");
    EXPECT_EQ(muted.at(0).at("mute_expires_at"), "2026-01-01T00:01:00.000Z");
    EXPECT_EQ(post(path(bob_, "/mute"), {{"duration", "-1"}}).status, 422);
}

TEST_F(AccountsApi, RelationshipsComeInTheOrderAsked) {
    sign_in(alice_);
    const auto answer =
        get("/api/v1/accounts/relationships?id[]=" + to_string(carol_) +
            "&id[]=" + to_string(bob_) + "&id[]=999");
    ASSERT_EQ(answer.json().as_array().size(), 2U);
    EXPECT_EQ(answer.json().at(0).at("id").as_string(), to_string(carol_));
    EXPECT_EQ(get("/api/v1/accounts/relationships?id=x").status, 422);
}

TEST_F(AccountsApi, HiddenCollectionsAreShownToTheirOwnerOnly) {
    follow(bob_, alice_);
    EXPECT_EQ(names(get(path(alice_, "/followers"))).size(), 1U);
    social::AccountChanges changes;
    changes.hide_collections = true;
    ASSERT_TRUE(kit::run(accounts_.update(alice_, changes)));
    EXPECT_TRUE(names(get(path(alice_, "/followers"))).empty());
    sign_in(alice_);
    EXPECT_EQ(names(get(path(alice_, "/followers"))).size(), 1U);
}

TEST_F(AccountsApi, ListsFillTheirPagesAfterFiltering) {
    std::vector<AccountId> fans;
    for (int i = 0; i < 9; ++i) {
        fans.push_back(person("fan" + std::to_string(i)));
        follow(fans.back(), alice_);
    }
    social::AccountChanges changes;
    changes.suspended = true;
    for (const int i : {8, 6, 4}) {
        ASSERT_TRUE(kit::run(accounts_.update(fans[static_cast<std::size_t>(i)], changes)));
    }
    const Answer first = get(path(alice_, "/followers?limit=4"));
    EXPECT_EQ(names(first), (std::vector<std::string>{"fan7", "fan5", "fan3", "fan2"}));
    const std::string link = first.header("link");
    const std::size_t at = link.find("max_id=");
    ASSERT_NE(at, std::string::npos);
    const std::string cursor = link.substr(at, link.find('>') - at);
    const Answer second = get(path(alice_, "/followers?limit=4&" + cursor));
    EXPECT_EQ(names(second), (std::vector<std::string>{"fan1", "fan0"}));
    EXPECT_EQ(second.header("link").find("next"), std::string::npos);
}

TEST_F(AccountsApi, SuggestsFriendsOfFriendsFirst) {
    const AccountId dave = person("dave");
    const AccountId star = person("star");
    follow(alice_, bob_);
    follow(bob_, carol_);
    follow(carol_, star);
    follow(dave, star);
    keep_up();
    sign_in(alice_);
    const auto suggestions = get("/api/v2/suggestions").json();
    ASSERT_GE(suggestions.as_array().size(), 2U);
    EXPECT_EQ(suggestions.at(0).at("account").at("username"), "carol");
    EXPECT_EQ(suggestions.at(0).at("sources").at(0), "friends_of_friends");
    EXPECT_EQ(suggestions.at(1).at("account").at("username"), "star");
    EXPECT_EQ(suggestions.at(1).at("sources").at(0), "most_followed");

    const std::string dismissal = "/api/v1/suggestions/" + std::to_string(carol_.value);
    EXPECT_EQ(ask(http::Method::kDelete, dismissal).status, 200);
    const auto left = get("/api/v2/suggestions").json();
    ASSERT_FALSE(left.as_array().empty());
    EXPECT_EQ(left.at(0).at("account").at("username"), "star");
    EXPECT_EQ(ask(http::Method::kDelete, "/api/v1/suggestions/12345").status, 404);
    sign_in(dave);
    EXPECT_NE(get("/api/v2/suggestions").body.find("carol"), std::string::npos)
        << "dismissed for one, not for all";
}

TEST_F(AccountsApi, SuggestsFriendsOfFriendsAlsoBeforeTheGraphIsRead) {
    const AccountId star = person("star");
    follow(alice_, bob_);
    follow(bob_, carol_);
    follow(carol_, star);
    sign_in(alice_);
    const auto suggestions = get("/api/v2/suggestions").json();
    ASSERT_GE(suggestions.as_array().size(), 2U);
    EXPECT_EQ(suggestions.at(0).at("account").at("username"), "carol");
    EXPECT_EQ(suggestions.at(0).at("sources").at(0), "friends_of_friends");
    EXPECT_EQ(suggestions.at(1).at("account").at("username"), "star");
    EXPECT_EQ(suggestions.at(1).at("sources").at(0), "most_followed");
    const auto familiar =
        get("/api/v1/accounts/familiar_followers?id[]=" + to_string(carol_)).json();
    EXPECT_EQ(familiar.at(0).at("accounts").at(0).at("username"), "bob");
    EXPECT_EQ(get("/api/rookery/v1/accounts/" + to_string(carol_) + "/mutuals").status, 503);
}

TEST_F(AccountsApi, TheInstanceCountsPeopleAndPosts) {
    post(bob_, "hello");
    const auto stats = get("/api/v1/instance").json().at("stats");
    EXPECT_EQ(stats.at("user_count").as_int64(), 3);
    EXPECT_EQ(stats.at("status_count").as_int64(), 1);
    person("dave");
    EXPECT_EQ(get("/api/v1/instance").json().at("stats").at("user_count").as_int64(), 4);
    const auto instance = get("/api/v2/instance").json();
    EXPECT_EQ(instance.at("version"), "4.5.0 (compatible; Rookery 0.1.0)");
    EXPECT_EQ(instance.at("configuration").at("urls").at("streaming"), "wss://rookery.example");
    EXPECT_EQ(get("/api/v1/directory?order=new").json().at(0).at("username"), "dave");
}

TEST_F(AccountsApi, EveryAccountRuleOfSignUpIsTold) {
    sign_in_app();
    const auto refused = post(
        "/api/v1/accounts", {{"username", "ALICE"}, {"email", "nonsense"}, {"password", "short"}}
    );
    EXPECT_EQ(refused.status, 422);
    const auto details = refused.json().at("details");
    EXPECT_EQ(details.at("username").at(0).at("error"), "ERR_TAKEN");
    EXPECT_EQ(details.at("email").at(0).at("error"), "ERR_INVALID");
    EXPECT_EQ(details.at("password").at(0).at("error"), "ERR_TOO_SHORT");
    EXPECT_EQ(details.at("agreement").at(0).at("error"), "ERR_ACCEPTED");
}

TEST_F(AccountsApi, ASignedUpAccountIsUsableAtOnce) {
    sign_in_app();
    const Answer made = post(
        "/api/v1/accounts",
        {{"username", "erin"},
         {"email", "erin@a.example"},
         {"password", "long enough"},
         {"agreement", "true"}}
    );
    ASSERT_EQ(made.status, 200) << made.body;
    token_ = made.text("access_token");
    EXPECT_EQ(get("/api/v1/accounts/verify_credentials").text("username"), "erin");
}

}  // namespace
}  // namespace rookery::api::mastodon
