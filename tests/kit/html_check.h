#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::kit {

/// What is wrong with HTML that the server made from what people typed, or an empty string: it may
/// hold balanced p, br, span and a with a few attributes, links to http, https or the base URL's
/// mark, and escaped text. For tests and fuzzers.
class HtmlCheck {
public:
    static std::string problem(std::string_view html) {
        HtmlCheck check;
        std::size_t at = 0;
        while (at < html.size() && check.problem_.empty()) {
            at = html[at] == '<' ? check.tag(html, at) : check.text(html, at);
        }
        if (check.problem_.empty() && !check.open_.empty()) {
            return "left open: " + check.open_.back();
        }
        return check.problem_;
    }

private:
    std::size_t fail(std::string what) {
        problem_ = std::move(what);
        return std::string_view::npos;
    }

    std::size_t text(std::string_view html, std::size_t at) {
        const std::size_t end = std::min(html.find('<', at), html.size());
        const std::string_view part = html.substr(at, end - at);
        if (part.find_first_of(">\"'\x01") != std::string_view::npos) {
            return fail("unescaped text: " + std::string(part));
        }
        return entities(part) ? end : fail("stray ampersand: " + std::string(part));
    }

    static bool entities(std::string_view part) {
        static constexpr std::array<std::string_view, 5> kAllowed{
            "&amp;", "&lt;", "&gt;", "&quot;", "&#39;"
        };
        for (std::size_t at = part.find('&'); at != std::string_view::npos;
             at = part.find('&', at + 1)) {
            const bool known = std::ranges::any_of(kAllowed, [&](std::string_view entity) {
                return part.substr(at).starts_with(entity);
            });
            if (!known) {
                return false;
            }
        }
        return true;
    }

    std::size_t tag(std::string_view html, std::size_t at) {
        const std::size_t end = html.find('>', at);
        if (end == std::string_view::npos) {
            return fail("tag without end");
        }
        const std::string_view inside = html.substr(at + 1, end - at - 1);
        if (inside == "br /") {
            return end + 1;
        }
        if (inside.starts_with('/')) {
            if (open_.empty() || open_.back() != inside.substr(1)) {
                return fail("closes what is not open: " + std::string(inside));
            }
            open_.pop_back();
            return end + 1;
        }
        const std::string name(inside.substr(0, inside.find(' ')));
        if (name != "p" && name != "span" && name != "a") {
            return fail("tag not allowed: " + name);
        }
        const bool nested_badly =
            name == "p" ? !open_.empty() : name == "a" && std::ranges::count(open_, "a") > 0;
        if (nested_badly) {
            return fail("wrongly nested: " + name);
        }
        open_.push_back(name);
        return attributes(inside.substr(name.size())) ? end + 1 : std::string_view::npos;
    }

    bool attributes(std::string_view rest) {
        while (!rest.empty()) {
            const std::size_t equals = rest.find("=\"");
            const std::size_t close =
                equals == std::string_view::npos ? equals : rest.find('"', equals + 2);
            if (!rest.starts_with(' ') || close == std::string_view::npos) {
                fail("attributes: " + std::string(rest));
                return false;
            }
            const std::string name(rest.substr(1, equals - 1));
            const std::string_view value = rest.substr(equals + 2, close - equals - 2);
            static constexpr std::array<std::string_view, 5> kAllowed{
                "href", "class", "target", "rel", "translate"
            };
            const bool known = std::ranges::find(kAllowed, name) != kAllowed.end();
            if (!known || value.find_first_of("<>'") != std::string_view::npos ||
                !entities(value) || (name == "href" && !allowed_target(value))) {
                fail("attribute " + name + ": " + std::string(value));
                return false;
            }
            rest.remove_prefix(close + 1);
        }
        return true;
    }

    static bool allowed_target(std::string_view url) {
        std::string scheme(url.substr(0, 8));
        std::ranges::transform(scheme, scheme.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        });
        const bool marked = url.starts_with("\x01/@") || url.starts_with("\x01/tags/");
        return url.find('\x01', 1) == std::string_view::npos &&
               (marked || scheme.starts_with("http://") || scheme == "https://");
    }

    std::vector<std::string> open_;
    std::string problem_;
};

}  // namespace rookery::kit
