#include "discover/trends/links.h"

#include "base/encoding.h"
#include "social/text/entities.h"

#include <algorithm>
#include <array>

namespace rookery::discover::trends {

namespace {

constexpr std::size_t kLinkBytesMax = 2048;

/// Who clicked where, in which campaign, and who told: never what is shown.
bool is_tracking(std::string_view pair) {
    static constexpr std::array<std::string_view, 10> kNames{
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "twclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "_hsenc"
    };
    const std::string name = ascii_lower(pair.substr(0, pair.find('=')));
    return name.starts_with("utm_") || std::ranges::find(kNames, name) != kNames.end();
}

std::string telling_query(std::string_view query) {
    std::string kept;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (!pair.empty() && !is_tracking(pair)) {
            kept += kept.empty() ? '?' : '&';
            kept += pair;
        }
    }
    return kept;
}

}  // namespace

std::string normalize_link(std::string_view url) {
    const std::size_t scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos || url.size() > kLinkBytesMax) {
        return {};
    }
    const std::string scheme = ascii_lower(url.substr(0, scheme_end));
    if (scheme != "http" && scheme != "https") {
        return {};
    }
    url.remove_prefix(scheme_end + 3);
    url = url.substr(0, url.find('#'));
    const std::size_t host_end = std::min(url.find_first_of("/?"), url.size());
    std::string host = ascii_lower(url.substr(0, host_end));
    const std::string_view port = scheme == "http" ? ":80" : ":443";
    if (host.ends_with(port)) {
        host.resize(host.size() - port.size());
    }
    if (host.empty()) {
        return {};
    }
    const std::string_view rest = url.substr(host_end);
    const std::size_t path_end = std::min(rest.find('?'), rest.size());
    const std::string_view path = path_end == 0 ? "/" : rest.substr(0, path_end);
    std::string link = scheme + "://" + host;
    link += path;
    link += telling_query(rest.substr(std::min(rest.size(), path_end + 1)));
    return link;
}

std::vector<std::string>
find_links(std::string_view text, std::string_view local_host, std::size_t count) {
    std::vector<std::string> links;
    if (text.find("://") == std::string_view::npos) {
        return links;
    }
    for (const social::text::Entity& entity : social::text::find_entities(text, local_host)) {
        if (links.size() >= count) {
            break;
        }
        if (entity.kind != social::text::Entity::Kind::kUrl) {
            continue;
        }
        std::string link = normalize_link(text.substr(entity.begin, entity.end - entity.begin));
        if (!link.empty() && link_host(link) != local_host &&
            std::ranges::find(links, link) == links.end()) {
            links.push_back(std::move(link));
        }
    }
    return links;
}

std::string_view link_host(std::string_view link) {
    link.remove_prefix(link.find("://") + 3);
    return link.substr(0, link.find('/'));
}

std::string link_title(std::string_view link) {
    std::string_view host = link_host(link);
    std::string_view path = link.substr(link.find(host) + host.size());
    if (host.starts_with("www.")) {
        host.remove_prefix(4);
    }
    path = path.substr(0, path.find('?'));
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    std::string decoded = percent_decode(path, false);
    return std::string(host) + (is_valid_utf8(decoded) ? decoded : std::string(path));
}

}  // namespace rookery::discover::trends
