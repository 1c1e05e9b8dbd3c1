#include "api/mastodon/listed_ids.h"

#include <unordered_set>

namespace rookery::api::mastodon {

namespace {

constexpr std::size_t kIdsMax = 400;

}  // namespace

Result<std::vector<AccountId>> listed_ids(const Call& call) {
    std::vector<AccountId> ids;
    std::unordered_set<AccountId> seen;
    for (const std::string_view text : call.params().list("id")) {
        const auto id = parse_id<AccountId>(text);
        if (!id) {
            return fail(ErrorCode::kInvalid, "Validation failed: id[] holds what is not an id");
        }
        if (seen.insert(*id).second) {
            ids.push_back(*id);
        }
    }
    if (ids.size() > kIdsMax) {
        return fail(ErrorCode::kTooLarge, "Validation failed: id[] holds more than 400 ids");
    }
    return ids;
}

}  // namespace rookery::api::mastodon
