#pragma once

#include "api/mastodon/api_test_fixture.h"
#include "api/mastodon/routes.h"
#include "base/encoding.h"
#include "http/router.h"

#include <boost/json.hpp>

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rookery::api::mastodon {

/// What a client sees of an answer.
struct Answer {
    int status = 0;
    std::multimap<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    [[nodiscard]] std::string header(const std::string& lower_name) const {
        const auto found = headers.find(lower_name);
        return found == headers.end() ? "" : found->second;
    }
    [[nodiscard]] boost::json::value json() const { return boost::json::parse(body); }
    /// The member `name` of the object, as text.
    [[nodiscard]] std::string text(std::string_view name) const {
        return std::string(json().as_object().at(name).as_string());
    }
};

/// Requests by way of the router and the gate, without sockets.
class RequestFixture : public ApiFixture {
protected:
    using Pairs = std::initializer_list<std::pair<std::string, std::string>>;

    RequestFixture() { register_routes(api_, router_); }

    /// `target` is the path with its query. Params are the body's; headers' names in lower case.
    Answer ask(http::Method method, std::string target, Pairs params = {}, Pairs headers = {}) {
        auto request = std::make_shared<http::Request>();
        const std::size_t question = target.find('?');
        request->method = method;
        request->path = target.substr(0, question);
        request->query = question == std::string::npos ? "" : target.substr(question + 1);
        for (const auto& [name, value] : params) {
            request->params.add(name, value);
        }
        http::parse_form(request->query, request->params);
        request->headers.assign(headers.begin(), headers.end());
        if (!token_.empty()) {
            request->headers.emplace_back("authorization", "Bearer " + token_);
        }
        if (!cookies_.empty()) {
            std::string line;
            for (const auto& [name, value] : cookies_) {
                line += (line.empty() ? "" : "; ") + name + "=" + value;
            }
            request->headers.emplace_back("cookie", line);
        }
        request->remote_address = address_;
        const http::Match match = router_.match(method, request->path);
        request->path_args = match.args;
        request->route = match.pattern;
        if (match.handler == nullptr) {
            return {405, {}, ""};
        }
        return receive(kit::run((*match.handler)(request)));
    }
    Answer get(std::string target, Pairs headers = {}) {
        return ask(http::Method::kGet, std::move(target), {}, headers);
    }
    Answer post(std::string target, Pairs params = {}, Pairs headers = {}) {
        return ask(http::Method::kPost, std::move(target), params, headers);
    }
    using ApiFixture::post;

    /// From now on requests carry a token of `account`; id 0: an app's own.
    void sign_in(AccountId account, const std::string& scopes = "read write follow push") {
        social::Session asked;
        asked.account = account;
        asked.scopes = scopes;
        asked.client_id = client_id_;
        token_ = kit::run(sessions_.issue(asked))->token;
    }
    void sign_out() { token_.clear(); }

    http::Router router_;
    std::string token_;
    std::string client_id_ = "test";
    std::string address_ = "192.0.2.1";
    std::map<std::string, std::string> cookies_;

private:
    Answer receive(http::Response response) {
        Answer answer;
        answer.status = response.status;
        for (const auto& [name, value] : response.headers) {
            answer.headers.emplace(ascii_lower(name), value);
            if (name == "Set-Cookie") {
                const std::size_t equals = value.find('=');
                cookies_[value.substr(0, equals)] =
                    value.substr(equals + 1, value.find(';') - equals - 1);
            }
        }
        for (const http::Piece& fragment : response.fragments) {
            answer.body += fragment.bytes;
        }
        answer.body += response.body;
        return answer;
    }
};

/// The value of a hidden field of a form.
inline std::string hidden_value(const std::string& html, const std::string& name) {
    const std::string start = "name=\"" + name + "\" value=\"";
    const std::size_t at = html.find(start);
    if (at == std::string::npos) {
        return "";
    }
    const std::size_t from = at + start.size();
    return html.substr(from, html.find('"', from) - from);
}

}  // namespace rookery::api::mastodon
