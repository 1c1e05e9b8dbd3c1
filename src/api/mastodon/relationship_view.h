#pragma once

#include "api/mastodon/call.h"
#include "base/result.h"
#include "base/task.h"
#include "http/response.h"
#include "social/follows.h"

#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// A Relationship entity.
[[nodiscard]] std::string render(const social::Relationship& relationship);

/// An array of them, of the caller to each of `others`.
[[nodiscard]] Task<Result<http::Response>>
answer_relationships(Call call, std::vector<AccountId> others);
/// One alone: what changing a relationship answers.
[[nodiscard]] Task<Result<http::Response>> answer_relationship(Call call, AccountId other);

}  // namespace rookery::api::mastodon
