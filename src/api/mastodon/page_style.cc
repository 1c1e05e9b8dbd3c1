#include "api/mastodon/page_style.h"

#include <fmt/format.h>

#include <string_view>

namespace rookery::api::mastodon {

namespace {

constexpr std::string_view kTokens = R"(:root {
  color-scheme: light dark;
  --ground: #f7f6f2; --surface: #ffffff; --hover: #f3f2ed; --pressed: #e9e7e0;
  --ink: #1d2326; --ink-soft: #565f65; --line: #e6e3db; --line-strong: #8b9093;
  --accent: #0b665f; --accent-strong: #084f4a; --on-accent: #ffffff;
  --danger: #b3261e; --danger-ground: #fbe9e7;
  --family: "Figtree Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #111416; --surface: #191d20; --hover: #1f2427; --pressed: #2a3034;
    --ink: #e7e9e8; --ink-soft: #a3adb2; --line: #2b3135; --line-strong: #6d767c;
    --accent: #77cbbf; --accent-strong: #96dcd1; --on-accent: #06211e;
    --danger: #ff9087; --danger-ground: #3b1f1d;
  }
}
)";

/// A column of the app's surface: the whole window of a phone, a sheet on anything wider.
constexpr std::string_view kFrame = R"(* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--surface); color: var(--ink); overflow-wrap: break-word;
  font: 400 1rem/1.5 var(--family);
}
header, main { max-width: 38rem; margin: 0 auto; padding: 0 1rem; }
main { padding-bottom: 4rem; }
header { display: flex; align-items: center; min-height: 3.5rem; }
.brand {
  display: inline-flex; align-items: center; gap: .75rem; padding: .25rem; color: var(--ink);
  font-size: 1.125rem; font-weight: 680; letter-spacing: -.01em; text-decoration: none;
}
@media (min-width: 44rem) {
  body { padding: 1.5rem 1.5rem 4rem; background: var(--ground); }
  header { padding: 0; min-height: 4rem; }
  main {
    padding: 2rem; border: 1px solid var(--line); border-radius: .875rem; background: var(--surface);
  }
  .narrow { padding-top: min(12vh, 6rem); }
  .narrow header, .narrow main { max-width: 27rem; }
}
main > :first-child { margin-top: 0; }
main > :last-child { margin-bottom: 0; }
h1, h2 { line-height: 1.25; font-weight: 680; text-wrap: balance; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; letter-spacing: -.02em; }
h1 em { font-style: normal; color: var(--accent); }
h2 { margin: 2rem 0 .5rem; font-size: 1.125rem; }
p { margin: .75rem 0; text-wrap: pretty; }
ol, main > ul { padding-left: 1.4rem; }
li { margin: .35rem 0; padding-left: .25rem; }
li::marker { color: var(--ink-soft); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; }
.faint { color: var(--ink-soft); font-size: .875rem; }
.error {
  padding: .75rem 1rem; border-radius: .5rem; background: var(--danger-ground); color: var(--danger);
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .5rem; }
::selection { background: var(--accent); color: var(--on-accent); }
)";

constexpr std::string_view kForms =
    R"(label { display: block; margin: 1.25rem 0; font-weight: 550; }
label .faint { display: block; font-weight: 400; }
label.check { display: flex; gap: .75rem; align-items: flex-start; font-weight: 400; }
input[type=checkbox] {
  flex: none; width: 1.25rem; height: 1.25rem; margin: .125rem 0; accent-color: var(--accent);
}
input[type=text], input[type=email], input[type=password] {
  display: block; width: 100%; min-height: 2.75rem; margin-top: .5rem; padding: .5rem .75rem;
  border: 1px solid var(--line-strong); border-radius: .5rem; background: var(--surface);
  color: inherit; font: 400 1rem/1.5 var(--family);
}
input:focus-visible { outline-offset: 0; }
input.code { font-family: ui-monospace, monospace; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem;
  padding: 0 1.5rem; border: 1px solid transparent; border-radius: 999px;
  background: var(--accent); color: var(--on-accent); font: 550 1rem/1 var(--family);
  text-decoration: none; white-space: nowrap; cursor: pointer;
}
button:hover, .button:hover { background: var(--accent-strong); }
button:focus-visible, .button:focus-visible { border-radius: 999px; }
.quiet, .button.quiet { border-color: var(--line-strong); background: transparent; color: var(--ink); }
.quiet:hover, .button.quiet:hover { background: var(--hover); }
.narrow form > button { width: 100%; margin: .5rem 0 .25rem; }
.narrow .buttons > button { flex: 1; }
.buttons { display: flex; gap: .75rem; flex-wrap: wrap; margin: 1.5rem 0 1rem; }
code { padding: .1em .4em; border-radius: .3em; background: var(--pressed); font-size: .875em; }
ul.scopes, ul.cards { margin: 1rem 0; padding: 0; list-style: none; }
ul.scopes li {
  display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; margin: 0;
  padding: .625rem 0; border-top: 1px solid var(--line);
}
ul.scopes li:last-child { border-bottom: 1px solid var(--line); }
ul.scopes code { flex: none; color: var(--ink-soft); }
)";

constexpr std::string_view kPosts =
    R"(.card { padding: 1rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
li.card { display: flex; justify-content: space-between; gap: 1rem; align-items: flex-start; margin: 0; }
.who { display: flex; gap: .75rem; align-items: center; }
.who img { border-radius: 34%; background: var(--pressed); }
.who a { color: inherit; text-decoration: none; }
.who strong { display: block; line-height: 1.25; }
.post p { margin: .5rem 0; }
.post .invisible { font-size: 0; }
.post .ellipsis::after { content: "…"; }
.post summary { cursor: pointer; font-weight: 550; }
.post footer { display: flex; flex-wrap: wrap; gap: 1rem; color: var(--ink-soft); font-size: .875rem; }
.post footer a { color: inherit; }
.post > .faint:first-child { margin-top: 0; }
.depth2 { margin-left: 1rem; } .depth3 { margin-left: 2rem; } .depth4 { margin-left: 3rem; }
.depth5 { margin-left: 4rem; } .depth6 { margin-left: 5rem; }
.focus { padding-left: 1rem; box-shadow: inset 3px 0 0 var(--accent); }
.banner {
  display: block; width: 100%; height: auto; aspect-ratio: 3 / 1; object-fit: cover;
  border-radius: .875rem; background: var(--pressed);
}
.profile .face {
  position: relative; margin: -2.5rem 0 0 1rem; border: 4px solid var(--surface); border-radius: 34%;
  background: var(--pressed);
}
dl.fields { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0; }
dl.fields dt { color: var(--ink-soft); }
dl.fields dd { margin: 0; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: 1.25rem; }
nav.pages { display: flex; justify-content: space-between; margin: 1.5rem 0; }
)";

/// The names under which the app's bundler writes it, up to the hash.
std::string typeface(const web::Site* site, std::string_view name, std::string_view range) {
    const std::string address =
        site == nullptr ? ""
                        : site->address_of(fmt::format("/assets/figtree-{}-wght-normal-", name));
    // Whoever comes from the app has it already; if not, text does not wait for it.
    return address.empty()
               ? ""
               : fmt::format(
                     "@font-face {{ font-family: \"Figtree Variable\"; font-weight: 300 "
                     "900; font-display: fallback; src: url({}) format(\"woff2\"); "
                     "unicode-range: {}; }}\n",
                     address,
                     range
                 );
}

}  // namespace

std::string page_style(const web::Site* site) {
    std::string style = typeface(site, "latin", "U+0000-00FF, U+0131, U+0152-0153, U+2000-206F");
    style += typeface(site, "latin-ext", "U+0100-0130, U+0132-0151, U+0154-02AF, U+1E00-1E9F");
    return style.append(kTokens).append(kFrame).append(kForms).append(kPosts);
}

}  // namespace rookery::api::mastodon
