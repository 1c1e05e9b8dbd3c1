#include "api/mastodon/stream_message.h"

#include "base/json_writer.h"

#include <memory>
#include <string>

namespace rookery::api::mastodon {

http::Fragment stream_message(
    StreamForm form,
    const StreamTopic& topic,
    std::string_view event,
    std::string_view payload
) {
    auto out = std::make_shared<std::string>();
    out->reserve(payload.size() + payload.size() / 8 + 96);
    if (form == StreamForm::kEvents) {
        *out += "event: ";
        *out += event;
        *out += "\ndata: ";
        *out += payload.empty() ? "undefined" : payload;  // as Mastodon; no data, no event
        *out += "\n\n";
        return out;
    }
    JsonWriter json(*out);
    json.begin_object().raw_field("stream", topic.label()).field("event", event);
    if (!payload.empty()) {
        json.field("payload", payload);
    }
    json.end_object();
    return out;
}

http::Fragment stream_error(std::string_view message, int status) {
    auto out = std::make_shared<std::string>();
    JsonWriter(*out).begin_object().field("error", message).field("status", status).end_object();
    return out;
}

}  // namespace rookery::api::mastodon
