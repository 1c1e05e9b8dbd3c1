#include "base/codec.h"
#include "social/filters.h"

namespace rookery::social {

namespace {

constexpr std::uint8_t kFormat = 1;

}  // namespace

std::string_view to_string(FilterContext context) {
    switch (context) {
        case FilterContext::kHome:
            return "home";
        case FilterContext::kNotifications:
            return "notifications";
        case FilterContext::kPublic:
            return "public";
        case FilterContext::kThread:
            return "thread";
        case FilterContext::kAccount:
            return "account";
    }
    return "home";
}

std::optional<FilterContext> parse_filter_context(std::string_view text) {
    for (const FilterContext context : kFilterContexts) {
        if (to_string(context) == text) {
            return context;
        }
    }
    return std::nullopt;
}

std::string_view to_string(FilterAction action) {
    switch (action) {
        case FilterAction::kHide:
            return "hide";
        case FilterAction::kBlur:
            return "blur";
        case FilterAction::kWarn:
            break;
    }
    return "warn";
}

std::optional<FilterAction> parse_filter_action(std::string_view text) {
    for (const FilterAction action :
         {FilterAction::kWarn, FilterAction::kHide, FilterAction::kBlur}) {
        if (to_string(action) == text) {
            return action;
        }
    }
    return std::nullopt;
}

std::string encode(const Filter& filter) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kFormat);
    writer.fixed64(filter.id.value);
    writer.string(filter.title);
    writer.byte(filter.contexts);
    writer.byte(static_cast<std::uint8_t>(filter.action));
    writer.signed_varint(filter.expires_at_ms);
    writer.varint(filter.keywords.size());
    for (const FilterKeyword& keyword : filter.keywords) {
        writer.fixed64(keyword.id.value);
        writer.string(keyword.keyword);
        writer.byte(keyword.whole_word ? 1 : 0);
    }
    writer.varint(filter.posts.size());
    for (const FilterPost& post : filter.posts) {
        writer.fixed64(post.id.value);
        writer.fixed64(post.post.value);
    }
    return bytes;
}

Result<Filter> decode_filter(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t format = reader.byte();
    Filter filter;
    filter.id.value = reader.fixed64();
    filter.title = reader.string();
    filter.contexts = reader.byte();
    const std::uint8_t action = reader.byte();
    filter.action = static_cast<FilterAction>(action);
    filter.expires_at_ms = reader.signed_varint();
    for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left) {
        FilterKeyword keyword;
        keyword.id.value = reader.fixed64();
        keyword.keyword = reader.string();
        keyword.whole_word = reader.byte() != 0;
        filter.keywords.push_back(std::move(keyword));
    }
    for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left) {
        FilterPost post;
        post.id.value = reader.fixed64();
        post.post.value = reader.fixed64();
        filter.posts.push_back(post);
    }
    if (format != kFormat || action > 2 || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "A stored record is damaged", "filter");
    }
    return filter;
}

}  // namespace rookery::social
