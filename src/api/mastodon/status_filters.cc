#include "api/mastodon/status_filters.h"

#include "api/mastodon/filter_view.h"
#include "base/json_writer.h"

#include <utility>

namespace rookery::api::mastodon {

namespace {

void write_match(JsonWriter& json, const social::FilterMatch& match, PostId post) {
    json.begin_object().key("filter");
    write_filter(json, *match.filter, false);
    json.key("keyword_matches");
    if (match.keywords.empty()) {
        json.null();
    } else {
        json.begin_array();
        for (const std::string& keyword : match.keywords) {
            json.string(keyword);
        }
        json.end_array();
    }
    json.key("status_matches");
    if (match.by_post) {
        json.begin_array().string(to_string(post)).end_array();
    } else {
        json.null();
    }
    json.end_object();
}

}  // namespace

StatusFilters::MatcherPtr StatusFilters::find_at_once(AccountId viewer) {
    return matchers_.find(viewer).value_or(nullptr);
}

Task<Result<StatusFilters::MatcherPtr>> StatusFilters::of(AccountId viewer) {
    if (auto cached = find_at_once(viewer)) {
        co_return cached;
    }
    const auto stamp = matchers_.stamp(viewer);
    CO_TRY(auto filters, co_await filters_.all(viewer));
    MatcherPtr matcher = std::make_shared<social::FilterMatcher>(std::move(filters));
    matchers_.insert(viewer, matcher, stamp);
    co_return matcher;
}

std::string StatusFilters::results(
    const social::FilterMatcher& matcher,
    const social::Post& post,
    AccountId viewer
) const {
    std::string out;
    if (matcher.empty() || post.author == viewer) {
        return out;
    }
    JsonWriter json(out);
    for (const social::FilterMatch& match : matcher.match(post, clock_.now_ms())) {
        write_match(json, match, post.id);
    }
    return out;
}

void StatusFilters::on_committed(const social::SocialEvent& event) {
    if (event.type == social::EventType::kFiltersChanged) {
        matchers_.erase(event.actor);
    }
}

}  // namespace rookery::api::mastodon
