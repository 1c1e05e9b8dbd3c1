#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "social/visibility.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

enum class Role : std::uint8_t { kUser = 0, kModerator = 1, kAdmin = 2 };

struct ProfileField {
    std::string name;
    std::string value;       ///< as typed
    std::string value_html;  ///< rendered, with kBaseUrlMark (text/render.h)

    bool operator==(const ProfileField&) const = default;
};

/// Nobody sees what the suspended say.
enum class Standing : std::uint8_t { kGood = 0, kSuspended = 1 };

/// A person as others see them, with the settings that posting and privacy need.
struct Account {
    AccountId id;
    std::string username;  ///< [A-Za-z0-9_], 1 to 30; unique without regard to case
    std::string display_name;
    std::string note;       ///< as typed
    std::string note_html;  ///< rendered, with kBaseUrlMark
    std::vector<ProfileField> fields;
    UnixMs created_at_ms = 0;
    Role role = Role::kUser;
    bool locked = false;  ///< follows need approval
    bool bot = false;
    bool discoverable = true;
    bool indexable = true;
    bool hide_collections = false;  ///< followers and following are nobody's business
    bool suspended = false;
    Visibility default_visibility = Visibility::kPublic;
    bool default_sensitive = false;
    std::string default_language;  ///< ISO 639-1, or empty
    std::string avatar_key;        ///< of the media store; empty: the default picture
    std::string header_key;

    [[nodiscard]] Standing standing() const {
        return suspended ? Standing::kSuspended : Standing::kGood;
    }

    bool operator==(const Account&) const = default;
};

/// Cached and shared; never changed once made.
using AccountPtr = std::shared_ptr<const Account>;

struct AccountCounts {
    std::int64_t followers = 0;
    std::int64_t following = 0;
    std::int64_t posts = 0;
    UnixMs last_post_at_ms = 0;  ///< 0: none

    bool operator==(const AccountCounts&) const = default;
};

[[nodiscard]] std::string encode(const Account& account);
/// kCorrupt if the bytes are not what encode() makes; never throws.
[[nodiscard]] Result<Account> decode_account(std::string_view bytes);

}  // namespace rookery::social
