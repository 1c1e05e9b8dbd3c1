#include "api/mastodon/conversation_view.h"

#include "base/json_writer.h"

#include <map>
#include <utility>

namespace rookery::api::mastodon {

Task<Result<std::vector<std::string>>> ConversationView::render_each(
    std::vector<social::Conversation> conversations,
    social::ViewerPtr viewer
) {
    std::vector<PostId> ids;
    ids.reserve(conversations.size());
    for (const social::Conversation& conversation : conversations) {
        ids.push_back(conversation.last_post);
    }
    CO_TRY(auto page, co_await services_.timelines.present(viewer, std::move(ids), false));
    std::map<PostId, std::size_t> place_of;
    for (std::size_t i = 0; i < page.size(); ++i) {
        place_of.emplace(page[i]->post.id, i);
    }
    CO_TRY(const auto statuses, co_await statuses_.render_each(std::move(page), viewer));

    std::vector<std::string> out(conversations.size());
    for (std::size_t i = 0; i < conversations.size(); ++i) {
        const social::Conversation& conversation = conversations[i];
        std::vector<AccountId> others = conversation.others;
        CO_TRY(const auto accounts, co_await accounts_.render_ids(std::move(others)));
        JsonWriter json(out[i]);
        json.begin_object()
            .field("id", to_string(conversation.root))
            .field("unread", conversation.unread);
        json.key("accounts").begin_array();
        for (const http::Fragment& account : accounts) {
            json.raw(*account);
        }
        json.end_array();
        const auto place = place_of.find(conversation.last_post);
        if (place == place_of.end()) {
            json.null_field("last_status");
        } else {
            json.raw_field("last_status", statuses[place->second]);
        }
        json.end_object();
    }
    co_return out;
}

}  // namespace rookery::api::mastodon
