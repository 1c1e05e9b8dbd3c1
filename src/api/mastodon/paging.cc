#include "api/mastodon/paging.h"

#include "base/encoding.h"
#include "base/ids.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace rookery::api::mastodon {

namespace {

Result<std::uint64_t> cursor(const Call& call, std::string_view name) {
    const std::string_view text = call.params().get_or(name, "");
    if (text.empty()) {
        return std::uint64_t{0};
    }
    const auto id = parse_id_digits(text);
    if (!id) {
        return fail(
            ErrorCode::kInvalid, "Validation failed: " + std::string(name) + " is not an id"
        );
    }
    return *id;
}

Result<std::size_t> clamped_limit(const Call& call, PageSize size) {
    const std::string_view text = call.params().get_or("limit", "");
    if (text.empty()) {
        return size.standard;
    }
    const auto number = call.params().get_number("limit");
    if (!number) {
        return fail(ErrorCode::kInvalid, "Validation failed: limit is not a number");
    }
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(*number, 1, static_cast<std::int64_t>(size.max))
    );
}

/// The address of this page with every query parameter but the cursors and what is secret. It came
/// from outside: nothing that may end a link or the header is left of it.
std::string address_of(const Call& call) {
    static constexpr std::string_view kDropped[] = {
        "max_id", "since_id", "min_id", "offset", "access_token"
    };
    std::string address = call.api.config.base_url + call.request->path + "?";
    std::string_view rest = call.request->query;
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::string name = percent_decode(pair.substr(0, pair.find('=')), true);
        if (!pair.empty() && std::ranges::find(kDropped, name) == std::end(kDropped)) {
            address.append(pair);
            address.push_back('&');
        }
    }
    std::erase_if(address, [](char c) { return c <= ' ' || c == '<' || c == '>' || c == '"'; });
    return address;
}

/// Appends a link to the page at a cursor.
void add_link(
    std::string_view address,
    std::string_view cursor,
    std::uint64_t id,
    std::string_view rel,
    std::string& links
) {
    links += links.empty() ? "<" : ", <";
    links.append(address).append(cursor).append("=").append(std::to_string(id));
    links.append(">; rel=\"").append(rel).append("\"");
}

void add_links(
    const Call& call,
    std::uint64_t next_below,
    std::string_view prev_name,
    std::uint64_t prev_above,
    http::Response& response
) {
    const std::string address = address_of(call);
    std::string links;
    if (next_below != 0) {
        add_link(address, "max_id", next_below, "next", links);
    }
    if (prev_above != 0) {
        add_link(address, prev_name, prev_above, "prev", links);
    }
    if (!links.empty()) {
        response.header("Link", std::move(links));
    }
}

}  // namespace

Result<social::PageRequest> parse_page(const Call& call, PageSize size) {
    social::PageRequest page;
    TRY(page.max_id, cursor(call, "max_id"));
    TRY(page.since_id, cursor(call, "since_id"));
    TRY(page.min_id, cursor(call, "min_id"));
    TRY(page.limit, clamped_limit(call, size));
    return page;
}

Result<Offset> parse_offset(const Call& call, PageSize size) {
    Offset out{};
    TRY(out.limit, clamped_limit(call, size));
    const std::string_view text = call.params().get_or("offset", "0");
    const auto number = call.params().get_number("offset");
    if (!text.empty() && text != "0" && (!number || *number < 0 || *number > 1'000'000)) {
        return fail(
            ErrorCode::kInvalid, "Validation failed: offset is not a number from 0 to 1000000"
        );
    }
    out.offset = static_cast<std::size_t>(number.value_or(0));
    return out;
}

void add_offset_links(const Call& call, Offset page, bool full_page, http::Response& response) {
    const std::string address = address_of(call);
    std::string links;
    if (full_page) {
        add_link(address, "offset", page.offset + page.limit, "next", links);
    }
    if (page.offset > 0) {
        const std::size_t before = page.offset - std::min(page.offset, page.limit);
        add_link(address, "offset", before, "prev", links);
    }
    if (!links.empty()) {
        response.header("Link", std::move(links));
    }
}

void add_timeline_links(
    const Call& call,
    std::uint64_t first,
    std::uint64_t last,
    http::Response& response
) {
    add_links(call, last, "min_id", first, response);
}

void add_relation_links(
    const Call& call,
    std::uint64_t first,
    std::uint64_t last,
    bool full_page,
    http::Response& response
) {
    add_links(call, full_page ? last : 0, "since_id", first, response);
}

}  // namespace rookery::api::mastodon
