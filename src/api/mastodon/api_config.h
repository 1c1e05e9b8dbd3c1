#pragma once

#include "api/mastodon/rate_policy.h"
#include "api/mastodon/stream_limits.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// What the operator decides about the face of the server. app/config parses and documents it.
struct ApiConfig {
    /// The public address, e.g. "https://social.example"; no slash at its end.
    std::string base_url = "http://127.0.0.1:8080";
    /// Nobody comes from another machine but by way of a proxy on this one.
    bool listens_on_loopback = false;
    std::string title = "Rookery";
    std::string description = "A place to talk, run with Rookery.";
    std::string contact_email;       ///< may be empty
    std::string contact_account;     ///< username of whom to ask; may be empty
    std::vector<std::string> rules;  ///< one sentence each
    std::string privacy_policy;      ///< plain text; empty: one that says what the software does
    std::vector<std::string> languages{"en"};
    bool registrations_open = true;
    bool password_grant = false;  ///< RFC 6749, section 4.3: for test suites only

    /// None: no rate limits at all.
    std::vector<RatePolicy> rate_policies = default_rate_policies();

    std::size_t cached_account_views_max = 100'000;
    StreamLimits streaming;
    std::size_t cached_filters_max = 50'000;  ///< of so many people
    std::size_t cached_cards_max = 600'000;   ///< about 1 KB each

    // What the services were given, as clients are told (instance.cc).
    std::size_t post_characters_max = 500;
    std::size_t note_characters_max = 500;
    std::size_t display_name_characters_max = 30;
    std::size_t fields_max = 4;
    std::size_t field_characters_max = 255;
    std::size_t pinned_posts_max = 5;

    /// True if people come by https: cookies are then marked Secure.
    [[nodiscard]] bool https() const { return base_url.starts_with("https://"); }
    /// "social.example:8443" of "https://social.example:8443".
    [[nodiscard]] std::string host() const {
        const std::size_t start = base_url.find("://");
        return start == std::string::npos ? base_url : base_url.substr(start + 3);
    }
    /// The address of the streaming API: ws or wss on the same host.
    [[nodiscard]] std::string streaming_url() const {
        return (https() ? "wss://" : "ws://") + host();
    }
};

}  // namespace rookery::api::mastodon
