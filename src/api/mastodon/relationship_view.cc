#include "api/mastodon/relationship_view.h"

#include "base/encoding.h"
#include "base/json_writer.h"

#include <utility>

namespace rookery::api::mastodon {

std::string render(const social::Relationship& relationship) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("id", to_string(relationship.other))
        .field("following", relationship.following)
        .field("showing_reblogs", relationship.showing_boosts)
        .field("notifying", relationship.notifying)
        .key("languages");
    if (relationship.languages.empty()) {
        json.null();
    } else {
        json.begin_array();
        for (const std::string& language : relationship.languages) {
            json.string(language);
        }
        json.end_array();
    }
    json.field("followed_by", relationship.followed_by)
        .field("blocking", relationship.blocking)
        .field("blocked_by", relationship.blocked_by)
        .field("muting", relationship.muting)
        .field("muting_notifications", relationship.muting_notifications)
        .key("muting_expires_at");
    if (relationship.mute_expires_at_ms == 0) {
        json.null();
    } else {
        json.string(iso8601_ms(relationship.mute_expires_at_ms));
    }
    json.field("requested", relationship.requested)
        .field("requested_by", relationship.requested_by)
        .field("domain_blocking", false)
        .field("endorsed", false)
        .field("note", relationship.note)
        .end_object();
    return out;
}

Task<Result<http::Response>> answer_relationships(Call call, std::vector<AccountId> others) {
    CO_TRY(
        const auto relationships,
        co_await call.services().follows.relationships(call.account_id(), std::move(others))
    );
    std::string body;
    JsonWriter json(body);
    json.begin_array();
    for (const social::Relationship& relationship : relationships) {
        json.raw(render(relationship));
    }
    json.end_array();
    co_return http::Response::json(std::move(body));
}

Task<Result<http::Response>> answer_relationship(Call call, AccountId other) {
    std::vector<AccountId> one{other};
    CO_TRY(
        const auto relationships,
        co_await call.services().follows.relationships(call.account_id(), std::move(one))
    );
    co_return http::Response::json(render(relationships.front()));
}

}  // namespace rookery::api::mastodon
