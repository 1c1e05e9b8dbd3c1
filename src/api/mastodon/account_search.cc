#include "api/mastodon/account_search.h"

#include "base/encoding.h"
#include "discover/people/people_search.h"

#include <utility>

namespace rookery::api::mastodon {

std::string local_username(const ApiConfig& config, std::string_view text) {
    text = trim_ascii(text);
    if (text.starts_with('@')) {
        text.remove_prefix(1);
    }
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) {
        return std::string(text);
    }
    const bool is_ours = ascii_iequals(text.substr(at + 1), config.host());
    return is_ours ? std::string(text.substr(0, at)) : "";
}

Task<Result<std::vector<social::AccountPtr>>>
search_accounts(Call call, std::string query, Offset page, bool only_following) {
    discover::PeopleRequest request;
    request.text = std::move(query);
    request.only_following = only_following;
    request.offset = page.offset;
    request.limit = page.limit;
    CO_TRY(auto viewer, co_await call.viewer());
    co_return co_await call.services().people_search.find(std::move(viewer), std::move(request));
}

}  // namespace rookery::api::mastodon
