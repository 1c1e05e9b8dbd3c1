#pragma once

#include "http/response.h"

#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// Our own pages: plain HTML without a script, one style sheet (/assets/rookery.css).
struct HtmlPage {
    std::string title;    ///< text
    std::string main;     ///< finished HTML
    std::string head;     ///< finished HTML for the head, e.g. a description
    bool narrow = false;  ///< a form rather than a text
};

/// The whole page, with headers that keep it from being framed and from running anything.
[[nodiscard]] http::Response html_response(const HtmlPage& page, int status = 200);

/// A page that says one thing. Both are text.
[[nodiscard]] http::Response
message_page(std::string_view title, std::string_view message, int status);

/// `<input type="hidden">`, both parts escaped.
[[nodiscard]] std::string hidden_field(std::string_view name, std::string_view value);

}  // namespace rookery::api::mastodon
