#include "api/mastodon/page_views.h"

#include "api/mastodon/account_view.h"
#include "api/mastodon/json_answer.h"
#include "api/mastodon/status_text.h"
#include "base/encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace rookery::api::mastodon {

namespace {

std::string shown_name(const social::Account& account) {
    return html_escape(account.display_name.empty() ? account.username : account.display_name);
}

std::string who(const ApiConfig& config, const social::Account& account) {
    return fmt::format(
        R"(<div class="who"><img src="{}" alt="" width="44" height="44" loading="lazy"><a href="/@{}"><strong>{}</strong><span class="faint">@{}</span></a></div>
)",
        html_escape(avatar_url(config, account)),
        account.username,
        shown_name(account),
        account.username
    );
}

std::string body_of(const ApiConfig& config, const social::Post& post) {
    const std::string content = with_base_url(post.content_html, config.base_url);
    if (post.spoiler_text.empty()) {
        return content;
    }
    return fmt::format(
        "<details><summary>{}</summary>\n{}\n</details>", html_escape(post.spoiler_text), content
    );
}

std::string counted(std::int64_t count, std::string_view one) {
    return fmt::format("<span>{} {}{}</span>", count, one, count == 1 ? "" : "s");
}

std::string minute(UnixMs time_ms) {
    std::string text = iso8601_ms(time_ms).substr(0, 16);
    text[10] = ' ';
    return text;
}

}  // namespace

PostId counted_id(const feed::Item& item) {
    return item.boosted ? item.boosted->id : item.post->id;
}

std::string post_card(
    const ApiConfig& config,
    const feed::Item& item,
    const social::PostCounts& counts,
    CardPlace place
) {
    constexpr int kDepthMax = 6;
    const social::Post& post = item.boosted ? *item.boosted : *item.post;
    const social::Account& author = item.boosted ? *item.boosted_author : *item.author;
    std::string above;
    if (item.boosted) {
        above = fmt::format("<p class=\"faint\">{} boosted</p>\n", shown_name(*item.author));
    } else if (post.in_reply_to) {
        above = "<p class=\"faint\">In reply</p>\n";
    }
    return fmt::format(
        R"(<article class="card post{}{}"{}>
{}{}{}
<footer><a href="{}"><time datetime="{}">{}</time></a>{}{}{}</footer>
</article>
)",
        place.focused ? " focus" : "",
        place.depth > 1 ? fmt::format(" depth{}", std::min(place.depth, kDepthMax)) : "",
        post.language.empty() ? "" : fmt::format(" lang=\"{}\"", html_escape(post.language)),
        above,
        who(config, author),
        body_of(config, post),
        html_escape(status_url(config, post, author)),
        iso8601_ms(post.created_at_ms()),
        minute(post.created_at_ms()),
        counts.replies == 1 ? "<span>1 reply</span>"
                            : fmt::format("<span>{} replies</span>", counts.replies),
        counted(counts.boosts, "boost"),
        counted(counts.favourites, "favourite")
    );
}

std::string post_cards(
    const ApiConfig& config,
    const feed::Page& page,
    const std::vector<social::PostCounts>& counts
) {
    std::string html;
    for (std::size_t i = 0; i < page.size(); ++i) {
        html += post_card(config, page[i], counts[i]);
    }
    return html;
}

std::string profile_top(
    const ApiConfig& config,
    const social::Account& account,
    const social::AccountCounts& counts
) {
    std::string fields;
    for (const social::ProfileField& field : account.fields) {
        fields += fmt::format(
            "<dt>{}</dt><dd>{}</dd>\n",
            html_escape(field.name),
            with_base_url(field.value_html, config.base_url)
        );
    }
    if (!fields.empty()) {
        fields = "<dl class=\"fields\">\n" + fields + "</dl>\n";
    }
    return fmt::format(
        R"(<section class="profile">
<img class="banner" src="{}" alt="" width="600" height="200">
<img class="face" src="{}" alt="" width="96" height="96">
<h1>{}</h1>
<p class="faint">@{}@{}{}</p>
<div class="post">{}</div>
{}<p class="counts faint">{}<span>{} following</span>{}<span>since {}</span></p>
</section>
)",
        html_escape(header_url(config, account)),
        html_escape(avatar_url(config, account)),
        shown_name(account),
        account.username,
        html_escape(config.host()),
        account.bot ? " · automated" : "",
        with_base_url(account.note_html, config.base_url),
        fields,
        counted(counts.posts, "post"),
        counts.following,
        counted(counts.followers, "follower"),
        iso8601_date(account.created_at_ms)
    );
}

std::string older_link(std::string_view path, PostId last) {
    if (!last) {
        return "";
    }
    return fmt::format(
        "<nav class=\"pages\"><span></span><a class=\"button quiet\" href=\"{}?max_id={}\">Older "
        "posts</a></nav>\n",
        html_escape(path),
        to_string(last)
    );
}

std::string excerpt(std::string_view text, std::size_t bytes_max) {
    std::string out(text.substr(0, bytes_max));
    if (out.size() < text.size()) {
        // Not in the middle of a character: back to its first byte.
        while (!out.empty() && (static_cast<unsigned char>(text[out.size()]) & 0xC0U) == 0x80U) {
            out.pop_back();
        }
        out += "…";
    }
    for (char& c : out) {
        c = c == '\n' ? ' ' : c;
    }
    return out;
}

}  // namespace rookery::api::mastodon
