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

struct Mention {
    AccountId account;
    std::string username;  ///< when the post was made

    bool operator==(const Mention&) const = default;
};

/// What decides who may and wants to see a post, without what it says: small enough to be kept for
/// many posts. Its time of making is that of its id.
struct PostFacts {
    PostId id;
    AccountId author;
    PostId thread;                  ///< the root of its conversation; itself if it is no reply
    AccountId in_reply_to_account;  ///< stays when what it replied to is gone
    PostId boost_of;
    AccountId boost_of_author;
    Visibility visibility = Visibility::kPublic;
    std::vector<Mention> mentions;
    std::string language;           ///< ISO 639-1, or empty
    std::vector<std::string> tags;  ///< in lower case, without '#', in order of appearance
    UnixMs edited_at_ms = 0;        ///< 0: never

    [[nodiscard]] UnixMs created_at_ms() const { return id_time_ms(id.value); }
    [[nodiscard]] bool is_boost() const { return static_cast<bool>(boost_of); }
    /// Once a reply, always a reply: also when what it replied to is gone.
    [[nodiscard]] bool is_reply() const { return static_cast<bool>(in_reply_to_account); }
    [[nodiscard]] bool is_reply_to_other() const {
        return is_reply() && in_reply_to_account != author;
    }
    [[nodiscard]] bool mentions_account(AccountId account) const;

    bool operator==(const PostFacts&) const = default;
};

/// A post, or a boost of one (`boost_of` set; then text and the like are empty).
struct Post : PostFacts {
    PostId in_reply_to;  ///< 0 also when what it replied to is gone
    bool sensitive = false;
    std::string spoiler_text;
    std::string text;          ///< as typed
    std::string content_html;  ///< rendered once, with kBaseUrlMark (text/render.h)
    std::string app_name;      ///< of the client it was made with; may be empty
    std::string app_website;

    bool operator==(const Post&) const = default;
};

/// Cached and shared; never changed once made.
using PostPtr = std::shared_ptr<const Post>;

struct PostCounts {
    std::int64_t replies = 0;
    std::int64_t boosts = 0;
    std::int64_t favourites = 0;

    bool operator==(const PostCounts&) const = default;
};

/// A former or the present version of an edited post.
struct PostEdit {
    UnixMs at_ms = 0;
    bool sensitive = false;
    std::string spoiler_text;
    std::string text;
    std::string content_html;

    bool operator==(const PostEdit&) const = default;
};

/// The value of a row of kAuthorPosts: enough to filter a profile's tabs without the post.
struct AuthorPostFlags {
    Visibility visibility = Visibility::kPublic;
    bool is_reply_to_other = false;
    bool is_reply = false;
    bool is_boost = false;
    bool has_media = false;

    bool operator==(const AuthorPostFlags&) const = default;
};

/// The value of a row of kThreads: enough to build the tree without the posts.
struct ThreadEntry {
    PostId parent;  ///< 0: the root, or a reply to a post that is gone
    AccountId author;

    bool operator==(const ThreadEntry&) const = default;
};

/// Formats: docs/formats/tables.md. The decoders answer kCorrupt if the bytes are not what encode()
/// makes, and never throw. Fields that a later version adds to a Post or a PostEdit are skipped.
[[nodiscard]] std::string encode(const Post& post);
[[nodiscard]] Result<Post> decode_post(std::string_view bytes);
[[nodiscard]] std::string encode(const PostEdit& edit);
[[nodiscard]] Result<PostEdit> decode_post_edit(std::string_view bytes);
[[nodiscard]] std::string encode(const AuthorPostFlags& flags);
[[nodiscard]] Result<AuthorPostFlags> decode_author_post_flags(std::string_view bytes);
[[nodiscard]] std::string encode(const ThreadEntry& entry);
[[nodiscard]] Result<ThreadEntry> decode_thread_entry(std::string_view bytes);

}  // namespace rookery::social
