#include "api/mastodon/stream_hub.h"

#include "api/mastodon/api_test_fixture.h"

#include <boost/asio/post.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace rookery::api::mastodon {
namespace {

/// The server's end of a stream that keeps what was sent.
class RecordingChannel final : public http::PushChannel {
public:
    bool send(std::shared_ptr<const std::string> message) override {
        const std::lock_guard lock(mutex_);
        messages_.push_back(*message);
        changed_.notify_all();
        return !closed_;
    }
    void close(std::uint16_t code, std::string reason) override {
        const std::lock_guard lock(mutex_);
        closed_ = code;
        changed_.notify_all();
    }

    /// The next message; "" if none comes for long.
    std::string next() {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, kPatience, [this] { return !messages_.empty(); })) {
            return "";
        }
        std::string message = std::move(messages_.front());
        messages_.pop_front();
        return message;
    }
    /// "update 123", "delete 123", "notification favourite": what a WebSocket message says.
    std::string next_event() {
        std::string text = next();
        if (text.empty()) {
            return text;
        }
        const boost::json::object message = boost::json::parse(text).as_object();
        if (message.contains("error")) {
            return "error " + boost::json::value_to<std::string>(message.at("error"));
        }
        std::string out = boost::json::value_to<std::string>(message.at("event"));
        if (!message.contains("payload")) {
            return out;
        }
        const auto payload = boost::json::value_to<std::string>(message.at("payload"));
        if (out == "delete") {
            return out + " " + payload;
        }
        const boost::json::object entity = boost::json::parse(payload).as_object();
        const char* member = out == "notification" ? "type" : "id";
        return out + " " + boost::json::value_to<std::string>(entity.at(member));
    }
    /// The close code; 0 if it is not closed for long.
    std::uint16_t wait_closed() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, kPatience, [this] { return closed_ != 0; });
        return closed_;
    }

private:
    static constexpr std::chrono::seconds kPatience{20};

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> messages_;
    std::uint16_t closed_ = 0;
};

class StreamHubTest : public ApiFixture {
protected:
    using Channel = std::shared_ptr<RecordingChannel>;

    Channel open(AccountId account, std::string_view stream, std::string_view argument = "") {
        return open(session(account), StreamForm::kWebSocket, stream, argument);
    }
    Channel open(
        social::SessionPtr session,
        StreamForm form,
        std::string_view stream,
        std::string_view argument = ""
    ) {
        auto channel = std::make_shared<RecordingChannel>();
        std::optional<StreamTopic> topic;
        if (!stream.empty()) {
            topic = *parse_topic(stream, argument, argument);
        }
        hub().open(channel, std::move(session), form, std::move(topic));
        return channel;
    }
    StreamHub& hub() { return api_.stream_hub; }

    /// An event that reaches every home stream of `account` after all that was sent before it: what
    /// comes first shows what was not sent.
    void mark(AccountId account) {
        social::SocialEvent event;
        event.type = social::EventType::kFiltersChanged;
        event.actor = account;
        hub().on_committed(event);
    }
    static std::string event_of(std::string_view name, const social::PostPtr& post) {
        return std::string(name) + " " + to_string(post->id);
    }
    /// Runs the writer of notifications over everything that happened.
    void write_inboxes() {
        const auto events = *kit::run(store_.read_events(0, 1000));
        auto batch = kit::run(inbox_writer_.handle(events));
        ASSERT_TRUE(kit::run(store_.commit(std::move(*batch))));
    }
};

TEST_F(StreamHubTest, BringsPostsOfThoseFollowedHomeAndNoOthers) {
    follow(bob_, alice_);
    const auto channel = open(bob_, "user");
    post(carol_, "not for bob");
    const auto wanted = post(alice_, "hello");
    const auto own = post(bob_, "mine");
    EXPECT_EQ(channel->next_event(), event_of("update", wanted));
    EXPECT_EQ(channel->next_event(), event_of("update", own));
}

TEST_F(StreamHubTest, BringsPublicPostsWithFollowedHashtagsHomeOnce) {
    const social::Hashtags hashtags(environment_);
    follow(bob_, alice_);
    const auto channel = open(bob_, "user");
    post(carol_, "not yet #birds");
    mark(bob_);
    EXPECT_EQ(channel->next_event(), "filters_changed");
    ASSERT_TRUE(kit::run(hashtags.follow(bob_, "birds")));
    ASSERT_TRUE(kit::run(hashtags.follow(bob_, "bees")));
    const auto strange = post(carol_, "by somebody not followed #birds");
    const auto twice = post(alice_, "by somebody followed #birds #bees");
    post(carol_, "not for all #birds", {}, social::Visibility::kUnlisted);
    EXPECT_EQ(channel->next_event(), event_of("update", strange));
    EXPECT_EQ(channel->next_event(), event_of("update", twice));
    social::PostChanges changes;
    changes.visibility = social::Visibility::kPrivate;
    ASSERT_TRUE(kit::run(posts_.edit(carol_, strange->id, changes)));
    EXPECT_EQ(channel->next_event(), event_of("delete", strange)) << "out of bob's sight";
    ASSERT_TRUE(kit::run(hashtags.unfollow(bob_, "birds")));
    post(carol_, "no more #birds");
    mark(bob_);
    EXPECT_EQ(channel->next_event(), "filters_changed");
}

TEST_F(StreamHubTest, FollowsAndUnfollowsTakeEffectOnOpenStreams) {
    const auto channel = open(bob_, "user");
    follow(bob_, alice_);
    const auto first = post(alice_, "one");
    EXPECT_EQ(channel->next_event(), event_of("update", first));
    ASSERT_TRUE(kit::run(follows_.unfollow(bob_, alice_)));
    post(alice_, "two");
    mark(bob_);
    EXPECT_EQ(channel->next_event(), "filters_changed");
}

TEST_F(StreamHubTest, SendsNothingThatThePersonMayNotSeeOrDoesNotWant) {
    follow(bob_, alice_);
    const auto channel = open(bob_, "user");
    post(alice_, "for @carol", {}, social::Visibility::kDirect);
    const auto stranger = post(carol_, "hi");
    post(alice_, "to a stranger", stranger->id);
    ASSERT_TRUE(kit::run(follows_.mute(bob_, carol_, true, 0)));
    boost(alice_, stranger);
    ASSERT_TRUE(kit::run(follows_.block(alice_, bob_)));
    post(alice_, "after the block");
    mark(bob_);
    EXPECT_EQ(channel->next_event(), "filters_changed");
}

TEST_F(StreamHubTest, RoutesPublicPostsByTopic) {
    const auto all = open(carol_, "public");
    const auto local = open(carol_, "public:local");
    const auto tagged = open(carol_, "hashtag", "Birds");
    const auto quiet = post(alice_, "unlisted #birds", {}, social::Visibility::kUnlisted);
    const auto plain = post(alice_, "plain");
    const auto birds = post(alice_, "look: #birds");
    EXPECT_EQ(all->next_event(), event_of("update", plain));
    EXPECT_EQ(all->next_event(), event_of("update", birds));
    EXPECT_EQ(local->next_event(), event_of("update", plain));
    EXPECT_EQ(tagged->next_event(), event_of("update", birds));
}

TEST_F(StreamHubTest, NamesTheStreamAndSendsThePayloadAsText) {
    const auto tagged = open(carol_, "hashtag", "#birds");
    post(alice_, "look: #birds");
    const auto message = boost::json::parse(tagged->next()).as_object();
    EXPECT_EQ(boost::json::serialize(message.at("stream")), R"(["hashtag","birds"])");
    EXPECT_TRUE(message.at("payload").is_string());
}

TEST_F(StreamHubTest, SpeaksServerSentEvents) {
    const auto channel = open(session(alice_), StreamForm::kEvents, "user");
    const auto own = post(alice_, "first\nsecond");
    const std::string text = channel->next();
    EXPECT_TRUE(text.starts_with("event: update\ndata: {")) << text;
    EXPECT_TRUE(text.ends_with("}\n\n")) << text;
    ASSERT_TRUE(kit::run(posts_.remove(alice_, own->id)));
    EXPECT_EQ(channel->next(), "event: delete\ndata: " + to_string(own->id) + "\n\n");
}

TEST_F(StreamHubTest, TellsOfEditsAndDeletions) {
    follow(bob_, alice_);
    const auto made = post(alice_, "hello");
    const auto channel = open(bob_, "user");
    social::PostChanges changes;
    changes.text = "hello, all";
    ASSERT_TRUE(kit::run(posts_.edit(alice_, made->id, changes)));
    EXPECT_EQ(channel->next_event(), event_of("status.update", made));
    ASSERT_TRUE(kit::run(posts_.remove(alice_, made->id)));
    EXPECT_EQ(channel->next_event(), event_of("delete", made));
}

TEST_F(StreamHubTest, TakesBackAPostThatAnEditHides) {
    follow(bob_, alice_);
    const auto made = post(alice_, "hello");
    const auto channel = open(bob_, "user");
    social::PostChanges changes;
    changes.visibility = social::Visibility::kDirect;
    ASSERT_TRUE(kit::run(posts_.edit(alice_, made->id, changes)));
    EXPECT_EQ(channel->next_event(), event_of("delete", made));
}

TEST_F(StreamHubTest, TakesAPostThatIsPublicNoMoreOffPublicStreams) {
    follow(bob_, alice_);
    social::ListChanges title;
    title.title = "friends";
    const auto list = *kit::run(lists_.create(bob_, title));
    ASSERT_TRUE(kit::run(lists_.add_members(bob_, list.id, {alice_})));
    const auto made = post(alice_, "hello #birds");
    const auto everywhere = open(carol_, "public");
    const auto tag = open(carol_, "hashtag", "birds");
    const auto members = open(bob_, "list", to_string(list.id));
    const auto narrow = [&](social::Visibility visibility) {
        ASSERT_TRUE(kit::run(posts_.edit(alice_, made->id, {.visibility = visibility})));
    };
    narrow(social::Visibility::kPrivate);
    EXPECT_EQ(everywhere->next_event(), event_of("delete", made));
    EXPECT_EQ(tag->next_event(), event_of("delete", made));
    EXPECT_EQ(members->next_event(), event_of("status.update", made));
    narrow(social::Visibility::kDirect);
    EXPECT_EQ(members->next_event(), event_of("delete", made));
    const auto next = post(alice_, "next #birds");
    EXPECT_EQ(everywhere->next_event(), event_of("update", next)) << "once is enough";
    EXPECT_EQ(tag->next_event(), event_of("update", next));
}

TEST_F(StreamHubTest, BringsNotifications) {
    const auto home = open(alice_, "user");
    const auto only = open(alice_, "user:notification");
    const auto others = open(carol_, "user");
    const auto liked = post(alice_, "hello");
    EXPECT_EQ(home->next_event(), event_of("update", liked));
    ASSERT_TRUE(kit::run(reactions_.favourite(bob_, liked)));
    write_inboxes();
    EXPECT_EQ(home->next_event(), "notification favourite");
    EXPECT_EQ(only->next_event(), "notification favourite");
    mark(carol_);
    EXPECT_EQ(others->next_event(), "filters_changed");
}

TEST_F(StreamHubTest, ClosesTheStreamsOfARevokedToken) {
    const auto doomed_session = session(bob_);
    const auto doomed = open(doomed_session, StreamForm::kWebSocket, "user");
    const auto other = open(bob_, "user");
    ASSERT_TRUE(kit::run(sessions_.revoke_by_id(bob_, doomed_session->token_id)));
    EXPECT_EQ(doomed->wait_closed(), 1008);
    mark(bob_);
    EXPECT_EQ(other->next_event(), "filters_changed");
}

TEST_F(StreamHubTest, RefusesATokenThatWasRevokedWhileTheStreamOpened) {
    const auto gone = session(bob_);
    ASSERT_TRUE(kit::run(sessions_.revoke_by_id(bob_, gone->token_id)));
    EXPECT_EQ(open(gone, StreamForm::kWebSocket, "user")->wait_closed(), 1008);
}

TEST_F(StreamHubTest, ClosesTheStreamsOfASuspendedAccount) {
    const auto channel = open(bob_, "user");
    social::AccountChanges changes;
    changes.suspended = true;
    ASSERT_TRUE(kit::run(accounts_.update(bob_, changes)));
    EXPECT_EQ(channel->wait_closed(), 1008);
}

TEST_F(StreamHubTest, SubscribesAndUnsubscribesByMessage) {
    const auto channel = open(bob_, "");
    channel->on_text(R"({"type":"subscribe","stream":"public"})");
    channel->on_text(R"({"type":"subscribe","stream":"user"})");
    const auto made = post(alice_, "hello");
    EXPECT_EQ(channel->next_event(), event_of("update", made));
    channel->on_text(R"({"type":"unsubscribe","stream":"public"})");
    post(alice_, "unheard");
    mark(bob_);
    EXPECT_EQ(channel->next_event(), "filters_changed");
}

TEST_F(StreamHubTest, SaysWhatIsWrongWithAMessage) {
    const auto channel = open(session(bob_, "read:notifications"), StreamForm::kWebSocket, "");
    channel->on_text("{");
    EXPECT_EQ(channel->next_event(), "error The message is not a JSON object");
    channel->on_text(R"({"type":"subscribe"})");
    EXPECT_EQ(channel->next_event(), "error Missing stream name parameter");
    channel->on_text(R"({"type":"subscribe","stream":"everything"})");
    EXPECT_EQ(channel->next_event(), "error Unknown channel requested");
    channel->on_text(R"({"type":"subscribe","stream":"hashtag"})");
    EXPECT_EQ(channel->next_event(), "error Missing tag name parameter");
    channel->on_text(R"({"type":"subscribe","stream":"user"})");
    EXPECT_EQ(channel->next_event(), "error Access token does not have the required scopes");
}

TEST_F(StreamHubTest, StreamsAList) {
    follow(bob_, alice_);
    follow(bob_, carol_);
    social::ListChanges changes;
    changes.title = "friends";
    const auto list = *kit::run(lists_.create(bob_, changes));
    const auto channel = open(bob_, "list", to_string(list.id));
    ASSERT_TRUE(kit::run(lists_.add_members(bob_, list.id, {alice_})));
    post(carol_, "not on the list");
    const auto wanted = post(alice_, "hello");
    EXPECT_EQ(channel->next_event(), event_of("update", wanted));
}

TEST_F(StreamHubTest, RefusesTheListOfAnother) {
    social::ListChanges changes;
    changes.title = "friends";
    const auto list = *kit::run(lists_.create(alice_, changes));
    const auto channel = open(bob_, "list", to_string(list.id));
    EXPECT_EQ(channel->next_event(), "error Not authorized to stream this list");
}

TEST_F(StreamHubTest, ForgetsClosedStreams) {
    const auto channel = open(bob_, "user");
    mark(bob_);
    EXPECT_EQ(channel->next_event(), "filters_changed");
    channel->on_closed();
    EXPECT_EQ(hub().streams(), 0U);
    EXPECT_LE(channel.use_count(), 2);
}

}  // namespace
}  // namespace rookery::api::mastodon
