#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "social/account.h"
#include "social/posts.h"

/// What the public addresses "/@name" and "/@name/ID" name, as anybody may see it.
namespace rookery::api::mastodon {

/// The routes "/:handle" and "/:handle/:id" match every path of one or two parts: only "/@name" is
/// somebody's.
[[nodiscard]] bool is_somebodys(const Call& call);

/// The account of "/@name": kNotFound if there is none, kGone if it is suspended.
[[nodiscard]] Task<Result<social::AccountPtr>> account_of_path(Call call);

/// The post of "/@name/ID", of that account: kNotFound also if it is not public.
[[nodiscard]] Task<Result<social::PostPtr>> post_of_path(Call call, social::AccountPtr account);

}  // namespace rookery::api::mastodon
