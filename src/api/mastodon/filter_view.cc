#include "api/mastodon/filter_view.h"

#include "base/encoding.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace rookery::api::mastodon {

namespace {

constexpr std::int64_t kExpirySecondsMax = 100LL * 365 * 24 * 3600;
constexpr std::string_view kKeywordsPrefix = "keywords_attributes[";

void write_scope(JsonWriter& json, const social::Filter& filter) {
    json.key("context").begin_array();
    for (const social::FilterContext context : social::kFilterContexts) {
        if (filter.applies_in(context)) {
            json.string(social::to_string(context));
        }
    }
    json.end_array().key("expires_at");
    if (filter.expires_at_ms == 0) {
        json.null();
    } else {
        json.string(iso8601_ms(filter.expires_at_ms));
    }
}

/// One element of keywords_attributes: a new keyword, or a change of the one with this id.
struct KeywordEdit {
    std::string id;
    std::optional<std::string> keyword;
    std::optional<bool> whole_word;
    bool destroy = false;
};

/// `[0][keyword]` by its number, `[][keyword]` one after another: a new element begins where a part
/// repeats.
std::vector<KeywordEdit> keyword_edits(const http::Params& params) {
    std::map<std::size_t, std::map<std::string, std::string, std::less<>>> elements;
    std::size_t unnumbered = 0;
    for (const auto& [key, value] : params.all()) {
        std::string_view rest = key;
        if (!rest.starts_with(kKeywordsPrefix)) {
            continue;
        }
        rest.remove_prefix(kKeywordsPrefix.size());
        const std::size_t close = rest.find("][");
        if (close == std::string_view::npos || !rest.ends_with(']')) {
            continue;
        }
        const std::string part(rest.substr(close + 2, rest.size() - close - 3));
        std::size_t index = unnumbered;
        if (close != 0) {
            const auto [end, error] = std::from_chars(rest.data(), rest.data() + close, index);
            if (error != std::errc{} || end != rest.data() + close) {
                continue;
            }
        } else if (elements[unnumbered].contains(part)) {
            index = ++unnumbered;
        }
        elements[index][part] = value;
    }
    std::vector<KeywordEdit> edits;
    for (auto& [index, parts] : elements) {
        http::Params part_params;
        for (auto& [name, value] : parts) {
            part_params.add(name, value);
        }
        KeywordEdit edit;
        edit.id = part_params.get_or("id", "");
        if (const auto keyword = part_params.get("keyword")) {
            edit.keyword = trim_ascii(*keyword);
        }
        edit.whole_word = part_params.get_bool("whole_word");
        edit.destroy = part_params.get_bool("_destroy").value_or(false);
        edits.push_back(std::move(edit));
    }
    return edits;
}

Result<void> apply_keyword_edits(const http::Params& params, social::Filter& filter) {
    for (KeywordEdit& edit : keyword_edits(params)) {
        if (edit.id.empty()) {
            if (!edit.destroy) {
                filter.keywords.push_back(
                    {{}, edit.keyword.value_or(""), edit.whole_word.value_or(false)}
                );
            }
            continue;
        }
        const auto id = parse_id<RelationId>(edit.id);
        const auto place = std::ranges::find(
            filter.keywords, id.value_or(RelationId{}), &social::FilterKeyword::id
        );
        if (place == filter.keywords.end()) {
            return fail(ErrorCode::kNotFound, "keywords_attributes: there is no such keyword");
        }
        if (edit.destroy) {
            filter.keywords.erase(place);
            continue;
        }
        place->keyword = edit.keyword.value_or(place->keyword);
        place->whole_word = edit.whole_word.value_or(place->whole_word);
    }
    return {};
}

}  // namespace

void write_keyword(JsonWriter& json, const social::FilterKeyword& keyword) {
    json.begin_object()
        .field("id", to_string(keyword.id))
        .field("keyword", keyword.keyword)
        .field("whole_word", keyword.whole_word)
        .end_object();
}

void write_filter_post(JsonWriter& json, const social::FilterPost& post) {
    json.begin_object()
        .field("id", to_string(post.id))
        .field("status_id", to_string(post.post))
        .end_object();
}

void write_filter(JsonWriter& json, const social::Filter& filter, bool whole) {
    json.begin_object().field("id", to_string(filter.id)).field("title", filter.title);
    write_scope(json, filter);
    json.field("filter_action", social::to_string(filter.action));
    if (whole) {
        json.key("keywords").begin_array();
        for (const social::FilterKeyword& keyword : filter.keywords) {
            write_keyword(json, keyword);
        }
        json.end_array().key("statuses").begin_array();
        for (const social::FilterPost& post : filter.posts) {
            write_filter_post(json, post);
        }
        json.end_array();
    }
    json.end_object();
}

void write_v1_filter(
    JsonWriter& json,
    const social::Filter& filter,
    const social::FilterKeyword& keyword
) {
    json.begin_object()
        .field("id", to_string(keyword.id))
        .field("phrase", keyword.keyword)
        .field("whole_word", keyword.whole_word)
        .field("irreversible", filter.action == social::FilterAction::kHide);
    write_scope(json, filter);
    json.end_object();
}

Result<void> apply_filter_scope(const Call& call, social::Filter& filter) {
    const http::Params& params = call.params();
    if (params.has("context")) {
        filter.contexts = 0;
        for (const std::string_view text : params.list("context")) {
            const auto context = social::parse_filter_context(text);
            if (!context) {
                return fail(
                    ErrorCode::kInvalid,
                    "Validation failed: Context is not home, notifications, public, thread or "
                    "account"
                );
            }
            filter.contexts |= static_cast<std::uint8_t>(*context);
        }
    }
    if (const auto expiry = params.get("expires_in")) {
        const auto seconds = params.get_number("expires_in");
        if (!expiry->empty() && (!seconds || *seconds < 0 || *seconds > kExpirySecondsMax)) {
            return fail(
                ErrorCode::kInvalid, "Validation failed: expires_in is not a number of seconds"
            );
        }
        filter.expires_at_ms = seconds ? call.api.now_ms() + *seconds * 1000 : 0;
    }
    return {};
}

Result<void> apply_filter_params(const Call& call, social::Filter& filter) {
    const http::Params& params = call.params();
    if (auto applied = apply_filter_scope(call, filter); !applied) {
        return applied;
    }
    if (const auto title = params.get("title")) {
        filter.title = trim_ascii(*title);
    }
    if (const auto text = params.get("filter_action")) {
        const auto action = social::parse_filter_action(*text);
        if (!action) {
            return fail(
                ErrorCode::kInvalid, "Validation failed: filter_action is not warn, hide or blur"
            );
        }
        filter.action = *action;
    }
    return apply_keyword_edits(params, filter);
}

}  // namespace rookery::api::mastodon
