#include "api/mastodon/status_view.h"

#include "api/mastodon/api_test_fixture.h"
#include "api/mastodon/status_text.h"

#include <set>

namespace rookery::api::mastodon {
namespace {

using boost::json::object;
using boost::json::value;

class StatusViewTest : public ApiFixture {};

std::string text_of(const value& json) {
    return boost::json::value_to<std::string>(json);
}

void expect_members(const object& status, bool signed_in) {
    for (const char* name :
         {"id",
          "created_at",
          "in_reply_to_id",
          "in_reply_to_account_id",
          "sensitive",
          "spoiler_text",
          "visibility",
          "language",
          "uri",
          "url",
          "replies_count",
          "reblogs_count",
          "favourites_count",
          "quotes_count",
          "edited_at",
          "content",
          "reblog",
          "application",
          "account",
          "media_attachments",
          "mentions",
          "tags",
          "emojis",
          "card",
          "poll",
          "quote",
          "quote_approval"}) {
        EXPECT_TRUE(status.contains(name)) << name;
    }
    for (const char* name : {"favourited", "reblogged", "muted", "bookmarked", "filtered"}) {
        EXPECT_EQ(status.contains(name), signed_in) << name;
    }
}

TEST_F(StatusViewTest, LeavesNoMemberOut) {
    const auto made = post(alice_, "Hello @bob, see #Birds and https://example.com/x?y=<z>");
    const value json = status(made->id);
    const object& entity = json.as_object();
    expect_members(entity, false);
    EXPECT_EQ(text_of(entity.at("id")), to_string(made->id));
    EXPECT_EQ(
        text_of(entity.at("uri")),
        "https://rookery.example/users/alice/statuses/" + to_string(made->id)
    );
    EXPECT_EQ(text_of(entity.at("url")), "https://rookery.example/@alice/" + to_string(made->id));
    EXPECT_EQ(text_of(entity.at("visibility")), "public");
    EXPECT_TRUE(entity.at("reblog").is_null());
    EXPECT_TRUE(entity.at("edited_at").is_null());
    EXPECT_EQ(text_of(entity.at("account").at("username")), "alice");
    EXPECT_EQ(text_of(entity.at("application").at("name")), "Test <&> client");
    EXPECT_TRUE(entity.at("application").at("website").is_null());
    const object& mention = entity.at("mentions").at(0).as_object();
    EXPECT_EQ(text_of(mention.at("id")), to_string(bob_));
    EXPECT_EQ(text_of(mention.at("url")), "https://rookery.example/@bob");
    const object& tag = entity.at("tags").at(0).as_object();
    EXPECT_EQ(text_of(tag.at("name")), "birds");
    EXPECT_EQ(text_of(tag.at("url")), "https://rookery.example/tags/birds");
}

TEST_F(StatusViewTest, KeepsOfATextWhatSetsItApart) {
    const auto made = post(alice_, "Hello, and a text of about the usual length for such a post");
    const auto author = *kit::run(accounts_.find(alice_));
    const TextDictionary dictionary(common_status_phrases(api_.config));
    const std::string text = status_text(api_.config, *made, *author);
    const std::string packed = dictionary.pack(text);
    EXPECT_EQ(dictionary.text(packed), text);
    EXPECT_LT(packed.size(), text.size() * 2 / 5);
    const auto linked = post(alice_, "Hello @bob, see #birds and https://example.com/a");
    const std::string long_text = status_text(api_.config, *linked, *author);
    EXPECT_LT(dictionary.pack(long_text).size(), long_text.size() * 2 / 5);
    const auto face = api_.account_view.face(author, {.followers = 17, .following = 4, .posts = 1});
    EXPECT_LT(face->packed.size(), TextDictionary::bytes_of(face->packed) / 4);
    EXPECT_EQ(
        api_.account_view.dictionary().text(face->packed).size(),
        TextDictionary::bytes_of(face->packed)
    );
}

TEST_F(StatusViewTest, LinksTextAndMembersAlike) {
    const auto made = post(alice_, "Hello @bob, see #Birds");
    const value json = status(made->id);
    const std::string content(json.at("content").as_string());
    EXPECT_EQ(content.find('\x01'), std::string::npos);
    for (const auto& [list, member] : {std::pair{"mentions", "url"}, {"tags", "url"}}) {
        const std::string url(json.at(list).at(0).at(member).as_string());
        EXPECT_NE(content.find("href=\"" + url + "\""), std::string::npos) << url << content;
    }
}

TEST_F(StatusViewTest, TellsTheViewerWhatTheyDid) {
    const auto made = post(alice_, "hello");
    expect_members(status(made->id, bob_).as_object(), true);
    EXPECT_FALSE(status(made->id, bob_).as_object().contains("pinned"));
    ASSERT_TRUE(kit::run(reactions_.favourite(bob_, made)));
    ASSERT_TRUE(kit::run(reactions_.bookmark(bob_, made)));
    ASSERT_TRUE(kit::run(threads_.mute(bob_, made->thread)));
    boost(bob_, made);
    const value seen = status(made->id, bob_);
    EXPECT_EQ(seen.at("favourited"), true);
    EXPECT_EQ(seen.at("bookmarked"), true);
    EXPECT_EQ(seen.at("reblogged"), true);
    EXPECT_EQ(seen.at("muted"), true);
    EXPECT_EQ(seen.at("favourites_count"), 1);
    EXPECT_EQ(seen.at("reblogs_count"), 1);
    EXPECT_EQ(status(made->id, carol_).at("favourited"), false);
    EXPECT_EQ(status(made->id, alice_).at("pinned"), false);
    ASSERT_TRUE(kit::run(reactions_.pin(alice_, made)));
    EXPECT_EQ(status(made->id, alice_).at("pinned"), true);
}

TEST_F(StatusViewTest, PutsTheBoostedPostIntoTheBoost) {
    const auto made = post(alice_, "hello");
    ASSERT_TRUE(kit::run(reactions_.favourite(carol_, made)));
    const auto shared = boost(bob_, made);
    const value json = status(shared->id, carol_);
    expect_members(json.as_object(), true);
    EXPECT_EQ(text_of(json.at("account").at("username")), "bob");
    EXPECT_EQ(text_of(json.at("content")), "");
    const object& inner = json.at("reblog").as_object();
    expect_members(inner, true);
    EXPECT_EQ(text_of(inner.at("id")), to_string(made->id));
    EXPECT_EQ(text_of(inner.at("account").at("username")), "alice");
    EXPECT_EQ(inner.at("favourited"), true);
    EXPECT_EQ(inner.at("favourites_count"), 1);
    EXPECT_TRUE(inner.at("reblog").is_null());
}

TEST_F(StatusViewTest, RendersANewPostAsItIsFoundLater) {
    const auto first = post(alice_, "hello");
    const auto reply = post(alice_, "and more", first->id);
    ASSERT_TRUE(kit::run(threads_.mute(alice_, first->thread)));
    const auto author = *kit::run(accounts_.find(alice_));
    const auto made = *kit::run(api_.status_view.render_new(reply, author, true));
    EXPECT_EQ(boost::json::parse(made), status(reply->id, alice_));
}

TEST_F(StatusViewTest, CountsAnAuthorsPostsAtOnce) {
    const auto made = post(alice_, "hello");
    EXPECT_EQ(status(made->id).at("account").at("statuses_count"), 1);
    post(alice_, "more");
    EXPECT_EQ(status(made->id).at("account").at("statuses_count"), 2);
    ASSERT_TRUE(kit::run(posts_.remove(alice_, made->id)));
    EXPECT_TRUE(status(made->id).is_null());
}

TEST_F(StatusViewTest, ShowsAnEditAtOnce) {
    const auto made = post(alice_, "hello");
    EXPECT_EQ(text_of(status(made->id).at("content")), "<p>hello</p>");
    social::PostChanges changes;
    changes.text = "good-bye";
    clock_.advance_ms(1000);
    ASSERT_TRUE(kit::run(posts_.edit(alice_, made->id, changes)));
    EXPECT_EQ(text_of(status(made->id).at("content")), "<p>good-bye</p>");
    EXPECT_TRUE(status(made->id).at("edited_at").is_string());
}

TEST_F(StatusViewTest, ShowsARenamedAuthorAtOnce) {
    const auto made = post(alice_, "hello");
    EXPECT_EQ(text_of(status(made->id).at("account").at("display_name")), "");
    social::AccountChanges changes;
    changes.display_name = "Alice \"A.\"";
    ASSERT_TRUE(kit::run(accounts_.update(alice_, changes)));
    EXPECT_EQ(text_of(status(made->id).at("account").at("display_name")), "Alice \"A.\"");
}

TEST_F(StatusViewTest, TellsWhichFiltersMatchTheBoostedPost) {
    const auto made = post(alice_, "my CAT");
    const auto shared = boost(carol_, made);
    EXPECT_EQ(status(made->id, bob_).at("filtered").as_array().size(), 0U);
    social::Filter filter;
    filter.title = "no cats";
    filter.contexts = 1;
    filter.keywords.push_back({{}, "cat", true});
    ASSERT_TRUE(kit::run(api_.services.filters.create(bob_, filter)));
    const value seen = status(shared->id, bob_);
    for (const value* entity : {&seen, &seen.at("reblog")}) {
        const object& result = entity->at("filtered").at(0).as_object();
        EXPECT_EQ(text_of(result.at("filter").at("title")), "no cats");
        EXPECT_EQ(text_of(result.at("keyword_matches").at(0)), "cat");
        EXPECT_TRUE(result.at("status_matches").is_null());
    }
    EXPECT_EQ(status(made->id, alice_).at("filtered").as_array().size(), 0U);
}

TEST_F(StatusViewTest, HidesWhatTheViewerMayNotSee) {
    const auto secret = post(alice_, "for @bob", {}, social::Visibility::kDirect);
    EXPECT_TRUE(status(secret->id).is_null());
    EXPECT_TRUE(status(secret->id, carol_).is_null());
    EXPECT_FALSE(status(secret->id, bob_).is_null());
}

TEST_F(StatusViewTest, FinishesANeutralStatusAsItRendersIt) {
    const auto shared = boost(bob_, post(alice_, "hello"));
    auto page = *kit::run(timelines_.present_whole(viewer(carol_), {shared->id}, false));
    const auto neutral = *kit::run(api_.status_view.render_neutral(page.front()));
    const auto tail = ViewerTail::of(*viewer(carol_), {}, neutral.thread, neutral.shown_author);
    const auto whole = *kit::run(api_.status_view.render(page.front(), viewer(carol_)));
    EXPECT_EQ(api_.status_view.finish(neutral, {tail, {}}), whole);
    EXPECT_TRUE(boost::json::parse(api_.status_view.finish(neutral, {})).is_object());
}

TEST(ViewerTails, EveryTailIsItsOwnJson) {
    const ViewerTails tails;
    std::set<std::string> seen;
    for (std::uint8_t bits = 0; bits < ViewerTail::kNobody; ++bits) {
        std::string text(tails.text(ViewerTail(bits)));
        text = "{" + text.substr(1) + "}";
        EXPECT_TRUE(boost::json::parse(text).is_object());
        seen.insert(text);
    }
    EXPECT_EQ(seen.size(), 48U);  // without kOwn, kPinned says nothing
    EXPECT_EQ(tails.text(ViewerTail()), "");
}

}  // namespace
}  // namespace rookery::api::mastodon
