#include "web/app_page.h"

#include "base/encoding.h"

#include <fmt/format.h>

namespace rookery::web {

namespace {

std::string meta(std::string_view key, std::string_view name, std::string_view content) {
    return content.empty()
               ? ""
               : fmt::format("<meta {}=\"{}\" content=\"{}\">\n", key, name, html_escape(content));
}

}  // namespace

Result<AppPage> AppPage::parse(std::string_view html) {
    const std::string lower = ascii_lower(html);
    const std::size_t head_end = lower.find("</head>");
    if (head_end == std::string::npos) {
        return fail(ErrorCode::kInvalid, "index.html of the web folder has no </head>");
    }
    const std::size_t title = lower.find("<title");
    constexpr std::string_view kTitleEnd = "</title>";
    const std::size_t title_end = lower.find(kTitleEnd);
    const bool has_title = title < title_end && title_end < head_end;
    AppPage page;
    page.before_title_ = html.substr(0, has_title ? title : head_end);
    page.after_title_ = html.substr(has_title ? title_end + kTitleEnd.size() : head_end);
    return page;
}

std::string AppPage::with(const PageHead& head) const {
    std::string out = before_title_;
    out += fmt::format("<title>{}</title>\n", html_escape(head.title));
    out += meta("name", "description", head.description);
    out += meta("name", "robots", head.may_be_indexed ? "" : "noindex");
    out += meta("property", "og:title", head.title);
    out += meta("property", "og:description", head.description);
    out += meta("property", "og:url", head.url);
    out += meta("property", "og:image", head.image);
    out += meta("property", "og:type", head.kind);
    out += meta("property", "og:site_name", head.site_name);
    out += meta("name", "twitter:card", "summary");
    if (!head.url.empty()) {
        out += fmt::format("<link rel=\"canonical\" href=\"{}\">\n", html_escape(head.url));
    }
    out += after_title_;
    return out;
}

}  // namespace rookery::web
