#include "api/mastodon/rules.h"

#include "base/json_writer.h"
#include "social/text/render.h"

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kPrivacyPolicy =
    "This server keeps what you give it: your name, e-mail address and password (hashed), your "
    "profile, your posts, and whom you follow, block and mute.\n\n"
    "With each sign-in it keeps the address and the program that you came with, so that you can "
    "see and end your sessions.\n\n"
    "Public and unlisted posts are for everybody to read. Posts for followers and direct posts are "
    "shown to those they are meant for; whoever runs the server could read them in its store.\n\n"
    "Nothing is sold, nothing is sent to others, and there is no advertising.";

std::string plain_html(const ApiConfig& config, std::string_view text) {
    return social::text::render_html(text, {}, config.host());
}

}  // namespace

std::string rules_json(const ApiConfig& config) {
    std::string out;
    JsonWriter json(out);
    json.begin_array();
    int number = 0;
    for (const std::string& rule : config.rules) {
        json.begin_object()
            .field("id", std::to_string(++number))
            .field("text", rule)
            .field("hint", "")
            .key("translations")
            .begin_object()
            .end_object()
            .end_object();
    }
    json.end_array();
    return out;
}

std::string privacy_policy_html(const ApiConfig& config) {
    return plain_html(
        config, config.privacy_policy.empty() ? kPrivacyPolicy : config.privacy_policy
    );
}

std::string description_html(const ApiConfig& config) {
    return plain_html(config, config.description);
}

}  // namespace rookery::api::mastodon
