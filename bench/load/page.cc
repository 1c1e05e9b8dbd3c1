#include "load/page.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::load {

namespace {

/// The member if it is a string, else empty.
std::string_view text_of(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains(name);
    const boost::json::string* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

}  // namespace

Result<std::vector<PageEntry>> parse_page(std::string_view body) {
    boost::system::error_code error;
    const boost::json::value json = boost::json::parse(body, error);
    const boost::json::array* statuses = error ? nullptr : json.if_array();
    if (statuses == nullptr) {
        return fail(ErrorCode::kInvalid, "the page is no JSON array");
    }
    std::vector<PageEntry> page;
    for (const boost::json::value& status : *statuses) {
        const boost::json::object* object = status.if_object();
        const boost::json::value* account =
            object == nullptr ? nullptr : object->if_contains("account");
        const boost::json::object* author = account == nullptr ? nullptr : account->if_object();
        if (author == nullptr || text_of(*object, "id").empty() || text_of(*author, "id").empty()) {
            return fail(ErrorCode::kInvalid, "a post of the page lacks its id or its account");
        }
        page.push_back({
            .id = std::string(text_of(*object, "id")),
            .author = std::string(text_of(*author, "id")),
            .reply_to = std::string(text_of(*object, "in_reply_to_id")),
            .content = std::string(text_of(*object, "content")),
        });
    }
    return page;
}

bool is_older(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::optional<std::string>
check_order(const std::vector<PageEntry>& page, const PageBounds& bounds) {
    if (page.size() > bounds.limit) {
        return fmt::format("{} posts where {} were asked for", page.size(), bounds.limit);
    }
    for (std::size_t i = 0; i < page.size(); ++i) {
        if (!bounds.below.empty() && !is_older(page[i].id, bounds.below)) {
            return fmt::format("post {} is not below max_id {}", page[i].id, bounds.below);
        }
        if (!bounds.above.empty() && !is_older(bounds.above, page[i].id)) {
            return fmt::format("post {} is not above since_id {}", page[i].id, bounds.above);
        }
        if (i == 0 || is_older(page[i].id, page[i - 1].id)) {
            continue;
        }
        return page[i].id == page[i - 1].id
                   ? fmt::format("post {} is there twice", page[i].id)
                   : fmt::format("post {} stands below the older {}", page[i].id, page[i - 1].id);
    }
    return std::nullopt;
}

std::optional<std::string> check_authors(
    const std::vector<PageEntry>& page,
    const std::set<std::string, std::less<>>& allowed
) {
    for (const PageEntry& entry : page) {
        if (!allowed.contains(entry.author)) {
            return fmt::format(
                "post {} is by {}, whom the reader does not follow", entry.id, entry.author
            );
        }
    }
    return std::nullopt;
}

std::optional<std::string> check_newest(
    const std::vector<PageEntry>& page,
    const PageBounds& bounds,
    std::vector<KnownPost> known
) {
    std::erase_if(known, [&](const KnownPost& post) {
        return (!bounds.below.empty() && !is_older(post.id, bounds.below)) ||
               (!bounds.above.empty() && !is_older(bounds.above, post.id));
    });
    std::ranges::sort(known, [](const KnownPost& a, const KnownPost& b) {
        return is_older(b.id, a.id);
    });
    auto next = known.begin();
    const auto missing = [](const KnownPost& post) {
        return fmt::format("post {} by {} is missing", post.id, post.author);
    };
    for (const PageEntry& entry : page) {
        for (; next != known.end() && is_older(entry.id, next->id); ++next) {
            if (next->must_show) {
                return missing(*next);
            }
        }
        if (next == known.end() || next->id != entry.id || next->author != entry.author) {
            return fmt::format("post {} by {} is not known", entry.id, entry.author);
        }
        ++next;
    }
    if (page.size() < bounds.limit) {
        const auto left =
            std::find_if(next, known.end(), [](const KnownPost& post) { return post.must_show; });
        if (left != known.end()) {
            return fmt::format("the page ends with {} posts: ", page.size()) + missing(*left);
        }
    }
    return std::nullopt;
}

}  // namespace rookery::load
