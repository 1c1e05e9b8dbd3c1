#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

struct FollowedTag {
    RelationId id;
    std::string tag;
};

/// How much a tag was used on one day (UTC).
struct TagDay {
    UnixMs begins_at_ms = 0;
    std::int64_t uses = 0;
    std::int64_t accounts = 0;
};
inline constexpr std::size_t kTagDays = 7;
using TagHistory = std::array<TagDay, kTagDays>;  ///< today first

/// The tag that `text` names, with or without '#', in the form in which tags are stored;
/// kInvalid if it is none.
[[nodiscard]] Result<std::string> parse_tag(std::string_view text);

/// The number that names a tag to clients: made from its stored form, the same for ever.
[[nodiscard]] std::uint64_t tag_id(std::string_view tag);

/// Hashtags as things of their own: how they are used, and who follows them. Tags are given in
/// their stored form. Thread-safe.
class Hashtags {
public:
    /// One account follows so many at most.
    static constexpr std::size_t kFollowedMax = 1000;

    explicit Hashtags(Environment environment) : environment_(environment) {}

    /// Of the newest posts of the last seven days; a tag in more than some thousand posts a week is
    /// counted by its newest.
    [[nodiscard]] Task<Result<TagHistory>> history(std::string tag) const;

    /// Both are idempotent; kInvalid beyond kFollowedMax.
    [[nodiscard]] Task<Result<void>> follow(AccountId account, std::string tag) const;
    [[nodiscard]] Task<Result<void>> unfollow(AccountId account, std::string tag) const;
    [[nodiscard]] Task<Result<bool>> is_followed(AccountId account, std::string tag) const;
    /// All of them, newest first.
    [[nodiscard]] Task<Result<std::vector<FollowedTag>>> followed(AccountId account) const;

private:
    Environment environment_;
};

}  // namespace rookery::social
