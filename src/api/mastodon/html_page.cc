#include "api/mastodon/html_page.h"

#include "base/encoding.h"

#include <fmt/format.h>

namespace rookery::api::mastodon {

http::Response html_response(const HtmlPage& page, int status) {
    std::string html = fmt::format(
        R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#191d20">
<title>{}</title>
<link rel="stylesheet" href="/assets/rookery.css">
<link rel="icon" href="/assets/rookery.svg" type="image/svg+xml">
{}</head>
<body{}>
<header><a class="brand" href="/"><img src="/assets/rookery.svg" alt="" width="32" height="32"> Rookery</a></header>
<main>
{}
</main>
</body>
</html>
)html",
        html_escape(page.title),
        page.head,
        page.narrow ? " class=\"narrow\"" : "",
        page.main
    );
    http::Response response = http::Response::html(std::move(html), status);
    // No form-action here: browsers apply it to the redirect back to the client as well.
    response.header(
        "Content-Security-Policy",
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    );
    response.header("X-Frame-Options", "DENY");
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "same-origin");
    return response;
}

http::Response message_page(std::string_view title, std::string_view message, int status) {
    return html_response(
        {.title = std::string(title),
         .main = fmt::format(
             "<h1>{}</h1>\n<p>{}</p>\n<div class=\"buttons\"><a class=\"button quiet\" "
             "href=\"/\">To the "
             "start page</a></div>",
             html_escape(title),
             html_escape(message)
         ),
         .head = {},
         .narrow = true},
        status
    );
}

std::string hidden_field(std::string_view name, std::string_view value) {
    return fmt::format(
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", html_escape(name), html_escape(value)
    );
}

}  // namespace rookery::api::mastodon
