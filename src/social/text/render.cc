#include "social/text/render.h"

#include "base/encoding.h"
#include "social/text/entities.h"
#include "social/text/unicode.h"

#include <unordered_map>

namespace rookery::social::text {

namespace {

constexpr std::size_t kShownUrlCharacters = 30;
constexpr std::string_view kPostLinkRel = "nofollow noopener";
constexpr std::string_view kProfileLinkRel = "nofollow noopener me";

/// The byte behind the first `count` code points.
std::size_t code_points_end(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    while (count > 0 && at < text.size()) {
        static_cast<void>(next_code_point(text, at));
        --count;
    }
    return at;
}

/// Escaped, and without the mark that only a renderer may write.
std::string plain(std::string_view text) {
    std::string escaped = html_escape(text);
    std::erase(escaped, kBaseUrlMark);
    return escaped;
}

std::size_t shown_prefix(std::string_view url) {
    std::size_t prefix = url.find("//") + 2;
    if (ascii_iequals(url.substr(prefix, 4), "www.")) {
        prefix += 4;
    }
    return prefix;
}

void append_link(std::string& html, std::string_view url, std::string_view rel) {
    const std::size_t prefix = shown_prefix(url);
    const std::string_view rest = url.substr(prefix);
    std::size_t shown = code_points_end(rest, kShownUrlCharacters);
    // An ellipsis would be as long as one last character.
    if (code_points_end(rest.substr(shown), 1) == rest.size() - shown) {
        shown = rest.size();
    }
    const bool cut = shown < rest.size();
    html.append("<a href=\"").append(plain(url)).append("\" target=\"_blank\" rel=\"");
    html.append(rel).append("\" translate=\"no\"><span class=\"invisible\">");
    html.append(plain(url.substr(0, prefix))).append("</span><span class=\"");
    html.append(cut ? "ellipsis" : "").append("\">").append(plain(rest.substr(0, shown)));
    html.append("</span><span class=\"invisible\">").append(plain(rest.substr(shown)));
    html.append("</span></a>");
}

void append_mention(std::string& html, std::string_view username) {
    const std::string name = plain(username);
    html.append("<span class=\"h-card\" translate=\"no\"><a href=\"");
    html.push_back(kBaseUrlMark);
    html.append("/@").append(name).append("\" class=\"u-url mention\">@<span>");
    html.append(name).append("</span></a></span>");
}

void append_tag(std::string& html, std::string_view typed, std::string_view tag) {
    html.append("<a href=\"");
    html.push_back(kBaseUrlMark);
    html.append(tag_path(tag)).append("\" class=\"mention hashtag\" rel=\"tag\">#<span>");
    html.append(plain(typed)).append("</span></a>");
}

class Renderer {
public:
    Renderer(const std::vector<KnownMention>& mentions, std::string_view local_host)
        : local_host_(local_host) {
        for (const KnownMention& mention : mentions) {
            usernames_.emplace(ascii_lower(mention.username), mention.username);
        }
    }

    std::string post(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        html_ = "<p>";
        render(text, kPostLinkRel, true);
        return std::move(html_.append("</p>"));
    }

    std::string line(std::string_view text) {
        render(text, kProfileLinkRel, false);
        return std::move(html_);
    }

private:
    void render(std::string_view text, std::string_view link_rel, bool with_breaks) {
        std::size_t done = 0;
        for (const Entity& entity : find_entities(text, local_host_)) {
            const std::string_view whole = text.substr(entity.begin, entity.end - entity.begin);
            append_text(text.substr(done, entity.begin - done), with_breaks);
            done = entity.end;
            switch (entity.kind) {
                case Entity::Kind::kUrl:
                    append_link(html_, whole, link_rel);
                    break;
                case Entity::Kind::kMention:
                    mention(entity, whole);
                    break;
                case Entity::Kind::kTag:
                    tag(entity, whole);
                    break;
            }
        }
        append_text(text.substr(done), with_breaks);
    }

    void mention(const Entity& entity, std::string_view whole) {
        const auto known = is_local_mention(entity, local_host_)
                               ? usernames_.find(ascii_lower(entity.name))
                               : usernames_.end();
        if (known == usernames_.end()) {
            html_.append(plain(whole));
        } else {
            append_mention(html_, known->second);
        }
    }

    void tag(const Entity& entity, std::string_view whole) {
        const std::string tag = normalize_tag(entity.name);
        if (tag.empty()) {
            html_.append(plain(whole));
        } else {
            append_tag(html_, entity.name, tag);
        }
    }

    /// No entity holds a newline, so that blank lines are always found here whole.
    void append_text(std::string_view text, bool with_breaks) {
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t newline = text.find('\n', at);
            html_.append(plain(text.substr(at, newline - at)));
            if (newline == std::string_view::npos) {
                return;
            }
            at = std::min(text.find_first_not_of('\n', newline), text.size());
            if (!with_breaks) {
                html_.push_back(' ');
            } else {
                html_.append(at - newline > 1 ? "</p><p>" : "<br />");
            }
        }
    }

    std::string_view local_host_;
    std::unordered_map<std::string, std::string> usernames_;  ///< by their lower case
    std::string html_;
};

}  // namespace

std::string render_html(
    std::string_view text,
    const std::vector<KnownMention>& mentions,
    std::string_view local_host
) {
    return Renderer(mentions, local_host).post(text);
}

std::string render_line_html(
    std::string_view text,
    const std::vector<KnownMention>& mentions,
    std::string_view local_host
) {
    return Renderer(mentions, local_host).line(text);
}

}  // namespace rookery::social::text
