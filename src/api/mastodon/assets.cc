#include "api/mastodon/default_pictures.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/resources.h"

#include <memory>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kStyle = R"(:root {
  --paper: #f7f6f2; --card: #ffffff; --ink: #1d2326; --faint: #565f65; --line: #e6e3db;
  --accent: #0b665f; --accent-ink: #ffffff; --bad: #b3261e; --bad-paper: #fbe9e7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111416; --card: #191d20; --ink: #e7e9e8; --faint: #a3adb2; --line: #2b3135;
    --accent: #77cbbf; --accent-ink: #06211e; --bad: #ff9087; --bad-paper: #3b1f1d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 0 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, Cantarell, sans-serif;
}
header, main { max-width: 42rem; margin: 0 auto; }
.narrow header, .narrow main { max-width: 26rem; }
header { padding: 1.25rem 0; }
.brand { display: inline-flex; align-items: center; gap: .6rem; font-weight: 650; text-decoration: none; color: var(--ink); }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 1rem; text-wrap: balance; }
h1 em { font-style: normal; color: var(--accent); }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); }
code { font-size: .9em; background: var(--line); padding: .1em .35em; border-radius: .3em; }
.faint { color: var(--faint); font-size: .93rem; }
.error { background: var(--bad-paper); color: var(--bad); padding: .6rem .8rem; border-radius: .5rem; }
label { display: block; margin: 1rem 0; font-weight: 550; }
label .faint { font-weight: 400; }
label.check { display: flex; gap: .6rem; align-items: baseline; font-weight: 400; }
input[type=text], input[type=email], input[type=password] {
  display: block; width: 100%; margin-top: .3rem; padding: .65rem .75rem; font: inherit;
  color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
}
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input.code { font-family: ui-monospace, monospace; }
button, .button {
  display: inline-block; font: inherit; font-weight: 600; padding: .6rem 1.5rem; border-radius: 999px;
  border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink);
  cursor: pointer; text-decoration: none;
}
button.quiet, .button.quiet { background: transparent; color: var(--accent); }
.buttons { display: flex; gap: .75rem; flex-wrap: wrap; margin: 1.25rem 0; }
ul.scopes { padding-left: 1.1rem; }
ul.cards { list-style: none; padding: 0; }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem 1.1rem; margin: .75rem 0; overflow-wrap: anywhere;
}
li.card { display: flex; justify-content: space-between; gap: 1rem; align-items: flex-start; }
.who { display: flex; gap: .75rem; align-items: center; }
.who img { border-radius: .6rem; background: var(--line); }
.who a { color: inherit; text-decoration: none; }
.who strong { display: block; line-height: 1.2; }
.post p { margin: .6rem 0; }
.post .invisible { font-size: 0; }
.post .ellipsis::after { content: "…"; }
.post summary { cursor: pointer; font-weight: 600; }
.post footer { display: flex; gap: 1rem; color: var(--faint); font-size: .9rem; flex-wrap: wrap; }
.post footer a { color: inherit; }
.post > .faint:first-child { margin-top: 0; }
.depth2 { margin-left: 1rem; } .depth3 { margin-left: 2rem; } .depth4 { margin-left: 3rem; }
.depth5 { margin-left: 4rem; } .depth6 { margin-left: 5rem; }
.focus { border-color: var(--accent); border-width: 2px; }
.banner { display: block; width: 100%; height: auto; aspect-ratio: 3 / 1; object-fit: cover; border-radius: .75rem; }
.profile img.face { margin: -2.5rem 0 0 1rem; border-radius: .9rem; border: 4px solid var(--paper); background: var(--line); position: relative; }
dl.fields { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0; }
dl.fields dt { color: var(--faint); }
dl.fields dd { margin: 0; overflow-wrap: anywhere; }
.counts { display: flex; gap: 1.25rem; flex-wrap: wrap; }
nav.pages { display: flex; justify-content: space-between; margin: 1.5rem 0; }
)";

constexpr std::string_view kIcon =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="21" fill="#0b665f"/><path d="M12 41c3.6-14.4 13.6-22.4 25.8-20.6L50.4 16l-6.2 9.4c2 14.2-5.8 23.4-18 23.4-5.2 0-10.4-2.2-14.2-7.8z" fill="#fff"/><circle cx="38.2" cy="27" r="2.7" fill="#12312e"/><path d="M18 41.4c6.4 2 12.4-.2 17.2-6.6-.8 8.4-9 12.8-17.2 6.6z" fill="#a9d8d1"/></svg>
)";

http::Response asset(const char* content_type, const http::Fragment& bytes) {
    http::Response response = typed_response(content_type, "");
    response.fragments.push_back(bytes);
    response.header("Cache-Control", "public, max-age=3600");
    response.etag = true;
    return response;
}

Task<Result<http::Response>> style(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(kStyle);
    co_return asset("text/css; charset=utf-8", kBytes);
}

Task<Result<http::Response>> icon(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(kIcon);
    co_return asset("image/svg+xml", kBytes);
}

Task<Result<http::Response>> avatar(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(default_avatar_png());
    co_return asset("image/png", kBytes);
}

Task<Result<http::Response>> header(Call call) {
    static const auto kBytes = std::make_shared<const std::string>(default_header_png());
    co_return asset("image/png", kBytes);
}

constexpr Route kRoutes[] = {
    {http::Method::kGet, "/assets/rookery.css", Auth::kNone, "", style},
    {http::Method::kGet, "/assets/rookery.svg", Auth::kNone, "", icon},
    {http::Method::kGet, "/favicon.ico", Auth::kNone, "", icon},
    {http::Method::kGet, "/avatars/original/missing.png", Auth::kNone, "", avatar},
    {http::Method::kGet, "/headers/original/missing.png", Auth::kNone, "", header},
};

}  // namespace

Routes asset_routes() {
    return kRoutes;
}

}  // namespace rookery::api::mastodon
