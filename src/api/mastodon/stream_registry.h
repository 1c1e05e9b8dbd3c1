#pragma once

#include "api/mastodon/stream_topic.h"
#include "base/ids.h"
#include "http/push_channel.h"
#include "social/sessions.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace rookery::api::mastodon {

using StreamId = std::uint64_t;

/// How messages are framed.
enum class StreamForm : std::uint8_t { kWebSocket, kEvents };

struct Stream {
    StreamId id = 0;
    std::shared_ptr<http::PushChannel> channel;
    social::SessionPtr session;
    StreamForm form{};
    std::vector<StreamTopic> topics;

    [[nodiscard]] AccountId account() const { return session->account; }
    [[nodiscard]] bool has(StreamKind kind) const;
};

/// Who listens to what, so that a post finds its receivers without asking every stream: by topic,
/// by account, and from each author and hashtag to the readers of open home streams who follow
/// them. Pointers that it gives out are valid until the next change. Not thread-safe: the hub's
/// thread only.
class StreamRegistry {
public:
    Stream& add(Stream stream);
    void remove(StreamId id);
    [[nodiscard]] Stream* find(StreamId id);
    [[nodiscard]] std::size_t size() const { return streams_.size(); }

    /// Nothing if it is so already.
    void subscribe(Stream& stream, StreamTopic topic);
    void unsubscribe(Stream& stream, const StreamTopic& topic);

    /// Streams subscribed to a topic that is not personal.
    [[nodiscard]] std::vector<Stream*> with_topic(const StreamTopic& topic);
    [[nodiscard]] std::vector<Stream*> with_kind(AccountId account, StreamKind kind);
    [[nodiscard]] std::vector<Stream*> of_account(AccountId account);
    [[nodiscard]] std::vector<Stream*> all();
    /// Topics of a kind that somebody is subscribed to, each once.
    [[nodiscard]] std::vector<StreamTopic> topics_of_kind(StreamKind kind) const;

    /// Accounts with an open home stream that follow `author` or one of the hashtags, and the
    /// author if they have one; each once.
    [[nodiscard]] std::vector<AccountId>
    readers_of(AccountId author, const std::vector<std::string>& tags = {}) const;
    /// The same for whoever follows any hashtag at all.
    [[nodiscard]] std::vector<AccountId> readers_of_author_or_any_tag(AccountId author) const;
    /// All accounts with an open home stream.
    [[nodiscard]] std::vector<AccountId> readers() const;
    [[nodiscard]] bool is_reader(AccountId account) const { return following_.contains(account); }

    /// Makes `reader`, who has an open home stream, known to those whom and what they follow.
    void set_following(
        AccountId reader,
        std::vector<AccountId> authors,
        std::vector<std::string> tags = {}
    );
    /// Nothing if `reader` has no open home stream.
    void set_tags(AccountId reader, std::vector<std::string> tags);
    /// One edge changed; nothing if `reader` has no open home stream.
    void follow(AccountId reader, AccountId author);
    void unfollow(AccountId reader, AccountId author);

private:
    void forget_reader(AccountId reader);
    void forget_edge(AccountId reader, AccountId author);
    void forget_tags(AccountId reader);

    std::unordered_map<StreamId, Stream> streams_;
    std::unordered_map<AccountId, std::vector<StreamId>> by_account_;
    std::unordered_map<StreamTopic, std::vector<StreamId>> by_topic_;
    std::unordered_map<AccountId, std::vector<AccountId>> following_;       ///< by reader
    std::unordered_map<AccountId, std::vector<AccountId>> author_readers_;  ///< by author
    std::unordered_map<AccountId, std::vector<std::string>>
        tags_;  ///< by reader, if they follow any
    std::unordered_map<std::string, std::vector<AccountId>> tag_readers_;  ///< by hashtag
};

}  // namespace rookery::api::mastodon
