#include "api/mastodon/stream_registry.h"

#include <algorithm>
#include <utility>

namespace rookery::api::mastodon {

namespace {

std::vector<AccountId> each_once(std::vector<AccountId> accounts) {
    std::ranges::sort(accounts);
    const auto repeated = std::ranges::unique(accounts);
    accounts.erase(repeated.begin(), repeated.end());
    return accounts;
}

}  // namespace

bool Stream::has(StreamKind kind) const {
    return std::ranges::find(topics, kind, &StreamTopic::kind) != topics.end();
}

Stream& StreamRegistry::add(Stream stream) {
    const StreamId id = stream.id;
    by_account_[stream.account()].push_back(id);
    return streams_.insert_or_assign(id, std::move(stream)).first->second;
}

void StreamRegistry::remove(StreamId id) {
    Stream* stream = find(id);
    if (stream == nullptr) {
        return;
    }
    while (!stream->topics.empty()) {
        unsubscribe(*stream, StreamTopic(stream->topics.back()));
    }
    const auto account = by_account_.find(stream->account());
    std::erase(account->second, id);
    if (account->second.empty()) {
        by_account_.erase(account);
    }
    streams_.erase(id);
}

Stream* StreamRegistry::find(StreamId id) {
    const auto found = streams_.find(id);
    return found == streams_.end() ? nullptr : &found->second;
}

void StreamRegistry::subscribe(Stream& stream, StreamTopic topic) {
    if (std::ranges::find(stream.topics, topic) != stream.topics.end()) {
        return;
    }
    if (!topic.is_personal()) {
        by_topic_[topic].push_back(stream.id);
    }
    stream.topics.push_back(std::move(topic));
}

void StreamRegistry::unsubscribe(Stream& stream, const StreamTopic& topic) {
    if (std::erase(stream.topics, topic) == 0) {
        return;
    }
    if (!topic.is_personal()) {
        const auto found = by_topic_.find(topic);
        std::erase(found->second, stream.id);
        if (found->second.empty()) {
            by_topic_.erase(found);
        }
    }
    const bool was_last_home =
        topic.kind == StreamKind::kUser && with_kind(stream.account(), StreamKind::kUser).empty();
    if (was_last_home) {
        forget_reader(stream.account());
    }
}

std::vector<Stream*> StreamRegistry::with_topic(const StreamTopic& topic) {
    std::vector<Stream*> out;
    if (const auto found = by_topic_.find(topic); found != by_topic_.end()) {
        for (const StreamId id : found->second) {
            out.push_back(&streams_.at(id));
        }
    }
    return out;
}

std::vector<Stream*> StreamRegistry::with_kind(AccountId account, StreamKind kind) {
    std::vector<Stream*> out = of_account(account);
    std::erase_if(out, [kind](const Stream* stream) { return !stream->has(kind); });
    return out;
}

std::vector<Stream*> StreamRegistry::of_account(AccountId account) {
    std::vector<Stream*> out;
    if (const auto found = by_account_.find(account); found != by_account_.end()) {
        for (const StreamId id : found->second) {
            out.push_back(&streams_.at(id));
        }
    }
    return out;
}

std::vector<Stream*> StreamRegistry::all() {
    std::vector<Stream*> out;
    out.reserve(streams_.size());
    for (auto& [id, stream] : streams_) {
        out.push_back(&stream);
    }
    return out;
}

std::vector<StreamTopic> StreamRegistry::topics_of_kind(StreamKind kind) const {
    std::vector<StreamTopic> out;
    for (const auto& [topic, streams] : by_topic_) {
        if (topic.kind == kind) {
            out.push_back(topic);
        }
    }
    return out;
}

std::vector<AccountId>
StreamRegistry::readers_of(AccountId author, const std::vector<std::string>& tags) const {
    std::vector<AccountId> out;
    if (const auto found = author_readers_.find(author); found != author_readers_.end()) {
        out = found->second;
    }
    if (is_reader(author)) {
        out.push_back(author);
    }
    for (const std::string& tag : tags) {
        if (const auto found = tag_readers_.find(tag); found != tag_readers_.end()) {
            out.insert(out.end(), found->second.begin(), found->second.end());
        }
    }
    return each_once(std::move(out));
}

std::vector<AccountId> StreamRegistry::readers_of_author_or_any_tag(AccountId author) const {
    std::vector<AccountId> out = readers_of(author);
    for (const auto& [reader, tags] : tags_) {
        out.push_back(reader);
    }
    return each_once(std::move(out));
}

std::vector<AccountId> StreamRegistry::readers() const {
    std::vector<AccountId> out;
    out.reserve(following_.size());
    for (const auto& [reader, authors] : following_) {
        out.push_back(reader);
    }
    return out;
}

void StreamRegistry::set_following(
    AccountId reader,
    std::vector<AccountId> authors,
    std::vector<std::string> tags
) {
    forget_reader(reader);
    authors.shrink_to_fit();
    for (const AccountId author : authors) {
        author_readers_[author].push_back(reader);
    }
    following_[reader] = std::move(authors);
    set_tags(reader, std::move(tags));
}

void StreamRegistry::set_tags(AccountId reader, std::vector<std::string> tags) {
    if (!is_reader(reader)) {
        return;
    }
    forget_tags(reader);
    for (const std::string& tag : tags) {
        tag_readers_[tag].push_back(reader);
    }
    if (!tags.empty()) {
        tags_[reader] = std::move(tags);
    }
}

void StreamRegistry::follow(AccountId reader, AccountId author) {
    const auto known = following_.find(reader);
    if (known == following_.end() ||
        std::ranges::find(known->second, author) != known->second.end()) {
        return;
    }
    known->second.push_back(author);
    author_readers_[author].push_back(reader);
}

void StreamRegistry::unfollow(AccountId reader, AccountId author) {
    const auto known = following_.find(reader);
    if (known != following_.end() && std::erase(known->second, author) != 0) {
        forget_edge(reader, author);
    }
}

void StreamRegistry::forget_reader(AccountId reader) {
    const auto known = following_.find(reader);
    if (known == following_.end()) {
        return;
    }
    for (const AccountId author : known->second) {
        forget_edge(reader, author);
    }
    following_.erase(known);
    forget_tags(reader);
}

void StreamRegistry::forget_tags(AccountId reader) {
    const auto known = tags_.find(reader);
    if (known == tags_.end()) {
        return;
    }
    for (const std::string& tag : known->second) {
        const auto found = tag_readers_.find(tag);
        std::erase(found->second, reader);
        if (found->second.empty()) {
            tag_readers_.erase(found);
        }
    }
    tags_.erase(known);
}

void StreamRegistry::forget_edge(AccountId reader, AccountId author) {
    const auto found = author_readers_.find(author);
    if (found == author_readers_.end()) {
        return;
    }
    std::erase(found->second, reader);
    if (found->second.empty()) {
        author_readers_.erase(found);
    }
}

}  // namespace rookery::api::mastodon
