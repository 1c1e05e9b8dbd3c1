#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/event.h"
#include "social/viewers.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

/// Which replies a list shows. Numbers are part of the stored format.
enum class RepliesPolicy : std::uint8_t { kFollowed = 0, kList = 1, kNone = 2 };

/// "followed", "list", "none".
[[nodiscard]] std::string_view to_string(RepliesPolicy policy);
[[nodiscard]] std::optional<RepliesPolicy> parse_replies_policy(std::string_view text);

/// A named choice of followed accounts, with a timeline of its own.
struct List {
    ListId id;
    std::string title;
    RepliesPolicy replies = RepliesPolicy::kList;
    bool exclusive = false;  ///< its members' posts stay out of the owner's home feed

    bool operator==(const List&) const = default;
};

[[nodiscard]] std::string encode(const List& list);
[[nodiscard]] Result<List> decode_list(ListId id, std::string_view bytes);

/// True if the stored row of a membership counts: a membership ends with the follow that it was
/// made under, and a later follow does not bring it back. The owner may be a member, too.
[[nodiscard]] bool is_member(const Viewer& owner, AccountId member, std::string_view row);

/// What the timeline of a list is made of.
struct ListFeed {
    RepliesPolicy replies = RepliesPolicy::kList;
    std::vector<AccountId> members;  ///< sorted

    [[nodiscard]] bool has(AccountId account) const;
};
using ListFeedPtr = std::shared_ptr<const ListFeed>;

/// Members that are set are changed.
struct ListChanges {
    std::optional<std::string> title;
    std::optional<RepliesPolicy> replies;
    std::optional<bool> exclusive;
};

struct ListLimits {
    std::size_t lists_max = 50;  ///< of one account
    std::size_t members_max = 1000;
    std::size_t title_bytes_max = 256;
};

/// People's lists. Whoever is no longer followed is no member either, whatever ended the follow;
/// the row stays until members are added the next time. Thread-safe.
class Lists {
public:
    Lists(Environment environment, ListLimits limits, Viewers& viewers)
        : environment_(environment), limits_(limits), viewers_(viewers) {}

    /// Oldest first.
    [[nodiscard]] Task<Result<std::vector<List>>> all(AccountId owner);
    /// kNotFound if `owner` has no such list; so do all that follow.
    [[nodiscard]] Task<Result<List>> find(AccountId owner, ListId id);
    [[nodiscard]] Task<Result<List>> create(AccountId owner, ListChanges list);
    [[nodiscard]] Task<Result<List>> update(AccountId owner, ListId id, ListChanges changes);
    [[nodiscard]] Task<Result<void>> remove(AccountId owner, ListId id);

    /// Sorted.
    [[nodiscard]] Task<Result<std::vector<AccountId>>> members(AccountId owner, ListId id);
    [[nodiscard]] Task<Result<ListFeedPtr>> feed(AccountId owner, ListId id);
    /// All or none. kNotFound if one is not followed, kInvalid if one is a member already.
    [[nodiscard]] Task<Result<void>>
    add_members(AccountId owner, ListId id, std::vector<AccountId> accounts);
    [[nodiscard]] Task<Result<void>>
    remove_members(AccountId owner, ListId id, std::vector<AccountId> accounts);
    /// The owner's lists that have this member.
    [[nodiscard]] Task<Result<std::vector<List>>> containing(AccountId owner, AccountId member);

private:
    [[nodiscard]] Result<void> check_title(const ListChanges& changes) const;
    [[nodiscard]] Task<Result<std::vector<ports::Row>>> member_rows(ListId id);
    /// One attempt; kConflict if memberships changed meanwhile.
    [[nodiscard]] Task<Result<void>>
    try_add(AccountId owner, ListId id, std::vector<AccountId> accounts);

    Environment environment_;
    ListLimits limits_;
    Viewers& viewers_;
};

}  // namespace rookery::social
