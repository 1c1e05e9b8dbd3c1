#pragma once

#include "base/task.h"
#include "social/accounts.h"
#include "social/post.h"
#include "social/posts.h"

#include <string>
#include <vector>

namespace rookery::social {

/// What follows from what somebody typed: all that a post keeps of it.
struct PostText {
    std::string spoiler_text;
    std::string text;
    std::string content_html;
    std::vector<Mention> mentions;
    std::vector<std::string> tags;
};

/// Normalises, checks, resolves mentions of accounts that exist, and renders. kInvalid in the words
/// of Mastodon's validations. A content warning without a text becomes the text.
[[nodiscard]] Task<Result<PostText>> compose_text(
    Accounts* accounts,
    const PostLimits* limits,
    std::string local_host,
    std::string text,
    std::string spoiler_text
);

/// The language as stored: ISO 639 in lower case without a region; empty if it is none.
[[nodiscard]] std::string normalize_language(std::string_view language);

}  // namespace rookery::social
