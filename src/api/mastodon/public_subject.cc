#include "api/mastodon/public_subject.h"

#include "social/privacy.h"

#include <utility>

namespace rookery::api::mastodon {

bool is_somebodys(const Call& call) {
    return call.request->path_args.at(0).starts_with('@');
}

Task<Result<social::AccountPtr>> account_of_path(Call call) {
    std::string name = call.request->path_args.at(0).substr(1);
    auto account = co_await call.services().accounts.find_by_name(std::move(name));
    if (!account && account.error().code == ErrorCode::kNotFound) {
        co_return fail(ErrorCode::kNotFound, "There is nobody of this name.");
    }
    if (account && (*account)->suspended) {
        co_return fail(ErrorCode::kGone, "This account is suspended.");
    }
    co_return account;
}

Task<Result<social::PostPtr>> post_of_path(Call call, social::AccountPtr account) {
    const Error absent = fail(ErrorCode::kNotFound, "There is no such post, or it is not public.");
    const auto id = parse_id<PostId>(call.request->path_args.at(1));
    if (!id) {
        co_return absent;
    }
    auto found = co_await call.services().posts.find(*id);
    if (!found) {
        co_return found.error().code == ErrorCode::kNotFound ? absent : std::move(found).error();
    }
    const social::PostPtr post = std::move(*found);
    if (post->author != account->id || post->is_boost() ||
        !social::can_see(nullptr, *post, *account)) {
        co_return absent;
    }
    co_return post;
}

}  // namespace rookery::api::mastodon
