#include "api/mastodon/stream_hub.h"
#include "api/mastodon/stream_message.h"

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <utility>

/// The part of StreamHub that does what clients say over a WebSocket:
/// {"type":"subscribe","stream":"hashtag","tag":"birds"}.
namespace rookery::api::mastodon {

namespace {

struct Command {
    std::string type;
    std::string stream;
    std::string tag;
    std::string list;
};

/// The member's text; numbers as their digits, for clients that send a list's id as one.
std::string text_member(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains(name);
    if (value == nullptr) {
        return {};
    }
    if (value->is_string()) {
        return std::string(value->as_string());
    }
    return value->is_int64() ? std::to_string(value->as_int64()) : std::string();
}

Result<Command> parse_command(std::string_view text) {
    boost::system::error_code error;
    boost::json::parse_options options;
    options.max_depth = 4;
    const boost::json::value json = boost::json::parse(text, error, {}, options);
    if (error || !json.is_object()) {
        return fail(ErrorCode::kInvalid, "The message is not a JSON object");
    }
    const boost::json::object& object = json.as_object();
    return Command{
        text_member(object, "type"),
        text_member(object, "stream"),
        text_member(object, "tag"),
        text_member(object, "list"),
    };
}

}  // namespace

Task<Result<void>> StreamHub::obey(Said said) {
    said.waiting->fetch_sub(1);
    Stream* stream = registry_.find(said.id);
    if (stream == nullptr) {
        co_return Result<void>{};
    }
    const auto channel = stream->channel;
    const social::SessionPtr session = stream->session;
    const auto refuse = [&channel](const std::string& message, int status) {
        channel->send(stream_error(message, status));
        return Result<void>{};
    };
    const auto command = parse_command(said.text);
    if (!command) {
        co_return refuse(command.error().message, 400);
    }
    const bool subscribes = command->type == "subscribe";
    if (!subscribes && command->type != "unsubscribe") {
        co_return refuse("Unknown message type: neither subscribe nor unsubscribe", 400);
    }
    auto topic = parse_topic(command->stream, command->tag, command->list);
    if (!topic) {
        co_return refuse(topic.error().message, 400);
    }
    if (!subscribes) {
        registry_.unsubscribe(*stream, *topic);
        co_return Result<void>{};
    }
    if (!social::scope_covers(session->scopes, topic->scope())) {
        co_return refuse("Access token does not have the required scopes", 401);
    }
    if (stream->topics.size() >= limits_.topics_max) {
        co_return refuse("Too many subscriptions", 429);
    }
    co_return co_await subscribe(said.id, std::move(*topic));
}

}  // namespace rookery::api::mastodon
