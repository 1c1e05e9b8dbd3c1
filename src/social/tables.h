#pragma once

#include "base/codec.h"
#include "base/ids.h"
#include "ports/store.h"

#include <cstdint>
#include <string>

/// The tables of people and posts: what each holds, by partition / sort key → value. Described with
/// worked bytes in docs/formats/tables.md. `~id` is the complement, so that an ascending scan is
/// newest first. Numbers are part of the stored format: append, never renumber.
namespace rookery::social::tables {

using ports::Table;

inline constexpr Table kAccounts{1};      ///< account / "" → Account
inline constexpr Table kAccountNames{2};  ///< first byte of name / name in lower case → account id
inline constexpr Table kCredentials{3};   ///< account / "" → email, password hash
inline constexpr Table kEmails{4};        ///< e-mail in lower case / "" → account id
inline constexpr Table kApps{5};          ///< client id / "" → App
inline constexpr Table kTokens{6};        ///< SHA-256 of the token / "" → Token
inline constexpr Table kTokensByAccount{7};  ///< account / ~token id → SHA-256 of the token
inline constexpr Table kGrants{8};           ///< SHA-256 of the authorization code / "" → Grant
inline constexpr Table kFollows{9};          ///< follower / followee → Follow
inline constexpr Table kFollowing{10};       ///< follower / ~follow id → followee
inline constexpr Table kFollowers{11};       ///< followee / ~follow id → follower
inline constexpr Table kFollowRequests{12};  ///< target / ~request id → requester
inline constexpr Table kRequestedFollows{13
};  ///< requester / target → Follow (its id is the request's)
inline constexpr Table kBlocks{14};           ///< blocker / blocked → relation id
inline constexpr Table kBlockedBy{15};        ///< blocked / blocker → ""
inline constexpr Table kBlockList{16};        ///< blocker / ~relation id → blocked
inline constexpr Table kMutes{17};            ///< muter / muted → Mute
inline constexpr Table kMuteList{18};         ///< muter / ~relation id → muted
inline constexpr Table kAccountCounters{19};  ///< account / "" → followers, following, posts, 0
inline constexpr Table kPosts{20};            ///< post / "" → Post
inline constexpr Table kPostCounters{21};     ///< post / "" → replies, boosts, favourites, 0
inline constexpr Table kAuthorPosts{22};      ///< author / ~post → AuthorPostFlags
inline constexpr Table kThreads{23};          ///< thread root / post → parent, author
inline constexpr Table kPostEdits{24};        ///< post / edit time → PostEdit (former versions)
inline constexpr Table kPublicPosts{25};      ///< "" / ~post → author
inline constexpr Table kTagPosts{26};         ///< tag in lower case / ~post → author
inline constexpr Table kMarks{27};            ///< account / ~post → Marks of that account on it
inline constexpr Table kFavourites{28};       ///< account / ~favourite id → post
inline constexpr Table kFavouritedBy{29};     ///< post / ~favourite id → account
inline constexpr Table kBoostedBy{30};        ///< post / ~boost's post id → account
inline constexpr Table kBookmarks{31};        ///< account / ~bookmark id → post
inline constexpr Table kPins{32};  ///< account / ~pin id → post; account / "" → the newest pin id
inline constexpr Table kIdempotency{33};    ///< account / SHA-256 of key → post, expiry
inline constexpr Table kMarkers{34};        ///< account / timeline → Marker
inline constexpr Table kNotifications{35};  ///< account / ~notification id → Notification (notify/)
inline constexpr Table kThreadMutes{36};    ///< account / thread root → ""
inline constexpr Table kAccountNotes{37};   ///< account / other → private note on other
inline constexpr Table kLists{38};          ///< owner / list id → List
inline constexpr Table kListMembers{39};    ///< list id / account → id of the follow, or ""
inline constexpr Table kConversations{40};  ///< account / thread root → Conversation
inline constexpr Table kReports{41};        ///< "" / ~report id → Report
inline constexpr Table kFollowedTags{42};   ///< account / tag → relation id
inline constexpr Table kFilters{43};        ///< account / filter id → Filter
inline constexpr Table kSettings{44};       ///< "" / name → what the operator set at run time
inline constexpr Table kImports{45};        ///< name of the import / "" → lines done
inline constexpr Table kConversationOrder{46};  ///< account / ~last post → thread root
inline constexpr Table kConversationPosts{47};  ///< direct post / account → thread root
inline constexpr Table kBookmarkedBy{48};       ///< post / ~bookmark id → account
inline constexpr Table kGrantExpiries{49};      ///< "" / expiry, SHA-256 of the code → ""
inline constexpr Table kNotificationCauses{50
};  ///< post or account / receiver, type, actor → notification id
inline constexpr Table kPostSubscribers{51
};  ///< author / follower who asked to be told of posts → ""
inline constexpr Table kNotificationPolicies{52};  ///< account / "" → Policy (notify/)
inline constexpr Table kNotificationRequests{53};  ///< account / ~request id → sender
inline constexpr Table kHeldNotifications{54
};  ///< account, sender / ~notification id → ""; sort "" → request id
inline constexpr Table kNotificationPermissions{55};  ///< account / accepted sender → ""
inline constexpr Table kAppUses{56};   ///< client id / "t", token id or "g", code → ""; "" → change
inline constexpr Table kAppQueue{57};  ///< "" / when to look, client id → ""
inline constexpr Table kAppTokenQueue{58};  ///< "" / expiry, SHA-256 of an app's own token → ""
inline constexpr Table kTokenUses{59};      ///< token id / "" → when it was used
inline constexpr Table kDismissedSuggestions{60};  ///< account / whom not to suggest to it → ""
inline constexpr Table kTrendReviews{61};  ///< kind of trend / its id → what a moderator decided

/// 8 bytes, most significant first: byte order is the order of ids.
[[nodiscard]] inline std::string id_bytes(std::uint64_t id) {
    std::string bytes;
    ByteWriter(bytes).fixed64(id);
    return bytes;
}
/// The complement: byte order is newest first.
[[nodiscard]] inline std::string newest_first(std::uint64_t id) {
    return id_bytes(~id);
}

template <class Tag>
[[nodiscard]] std::string id_bytes(Id<Tag> id) {
    return id_bytes(id.value);
}
template <class Tag>
[[nodiscard]] std::string newest_first(Id<Tag> id) {
    return newest_first(id.value);
}

/// The id in a key or value made by id_bytes; 0 if it is not 8 bytes.
[[nodiscard]] inline std::uint64_t parse_id_bytes(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint64_t id = reader.fixed64();
    return reader.complete() ? id : 0;
}
[[nodiscard]] inline std::uint64_t parse_newest_first(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint64_t id = ~reader.fixed64();
    return reader.complete() ? id : 0;
}

}  // namespace rookery::social::tables
