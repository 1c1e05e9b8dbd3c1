#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "feed/item.h"
#include "http/response.h"
#include "social/post.h"

#include <vector>

/// What the files of the statuses resource share: finding posts as the caller may see them, and
/// answering with them.
namespace rookery::api::mastodon {

/// The post, if the caller may see it; kNotFound "Record not found" otherwise.
[[nodiscard]] Task<Result<feed::Item>> visible_status(Call call, PostId id);
/// The same of the path's first id; for a boost, what it boosts: reactions go there.
[[nodiscard]] Task<Result<feed::Item>> visible_original(Call call);

/// Posts that were already filtered, with their authors; without those whose author is gone.
[[nodiscard]] Task<Result<feed::Page>> with_authors(Call call, std::vector<social::PostPtr> posts);

/// One Status.
[[nodiscard]] Task<Result<http::Response>> status_answer(Call call, feed::Item item);
/// An array of Status, without Link.
[[nodiscard]] Task<Result<http::Response>> statuses_answer(Call call, feed::CardPage page);
[[nodiscard]] Task<Result<http::Response>> statuses_answer(Call call, feed::Page page);
/// An array of Status whose cursors are the posts' ids.
[[nodiscard]] Task<Result<http::Response>> timeline_answer(Call call, feed::CardPage page);
[[nodiscard]] Task<Result<http::Response>> timeline_answer(Call call, feed::Page page);

}  // namespace rookery::api::mastodon
