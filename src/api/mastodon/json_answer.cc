#include "api/mastodon/json_answer.h"

#include "social/text/render.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace rookery::api::mastodon {

http::Response json_array(const std::vector<http::Fragment>& values) {
    static const auto kOpen = std::make_shared<const std::string>("[");
    static const auto kComma = std::make_shared<const std::string>(",");
    http::Response response = http::Response::json("]");
    response.fragments.reserve(values.size() * 2 + 1);
    bool first = true;
    for (const http::Fragment& value : values) {
        if (!value) {
            continue;
        }
        response.fragments.push_back(first ? kOpen : kComma);
        response.fragments.push_back(value);
        first = false;
    }
    if (first) {
        response.body = "[]";
    }
    return response;
}

http::Response json_array(const std::vector<std::string>& values) {
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (const std::string& value : values) {
        json.raw(value);
    }
    json.end_array();
    return http::Response::json(std::move(body));
}

void write_words(JsonWriter& json, std::string_view words) {
    json.begin_array();
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(' '));
        if (!word.empty()) {
            json.string(word);
        }
        words.remove_prefix(std::min(words.size(), word.size() + 1));
    }
    json.end_array();
}

http::Response json_fragment(http::Fragment value) {
    http::Response response = http::Response::json("");
    response.fragments.push_back(std::move(value));
    return response;
}

http::Response typed_response(std::string content_type, std::string body) {
    http::Response response;
    response.header("Content-Type", std::move(content_type));
    response.body = std::move(body);
    return response;
}

std::string with_base_url(std::string_view html, std::string_view base_url) {
    std::string out;
    out.reserve(html.size() + base_url.size() * 2);
    for (;;) {
        const std::size_t mark = html.find(social::text::kBaseUrlMark);
        out.append(html.substr(0, mark));
        if (mark == std::string_view::npos) {
            return out;
        }
        out.append(base_url);
        html.remove_prefix(mark + 1);
    }
}

}  // namespace rookery::api::mastodon
