#pragma once

#include "base/ids.h"
#include "ports/search_index.h"
#include "social/post.h"

#include <string>
#include <string_view>

namespace rookery::discover {

/// The terms of a post in the index. The first byte says what kind a term is:
///
///   w word     each word of content warning and text, folded, with its positions. The text's begin
///              kTextGap behind the warning's, so that no phrase reaches over both.
///   s stem     each word's stem in the post's language (English if it names none), without
///              positions: what a search for a word looks for, and what is scored. Whoever searches
///              may not know the language, and "Kinder" must find "Kinder": a word has its folded
///              form here, too, if that is not its stem. Left out of that are plain words of
///              English, whose stems every search asks for.
///   # tag      each hashtag, as the post has it
///   @ name     each mentioned username, in lower case
///   f id       the author, in 8 bytes, most significant first
///   m id       each mentioned account, likewise
///   l code     the language
///   h:link     the text has a URL. h:media and h:poll are for when posts can have these.
///   i:reply    i:sensitive: also if there is a content warning
///   p          anybody may find it
///   v:public   it is public: what may be findable, if its author lets it
namespace terms {
inline constexpr char kWord = 'w';
inline constexpr char kStem = 's';
inline constexpr char kTag = '#';
inline constexpr char kMentionedName = '@';
inline constexpr char kLanguage = 'l';
inline constexpr std::string_view kHasLink = "h:link";
inline constexpr std::string_view kHasMedia = "h:media";
inline constexpr std::string_view kHasPoll = "h:poll";
inline constexpr std::string_view kIsReply = "i:reply";
inline constexpr std::string_view kIsSensitive = "i:sensitive";
inline constexpr std::string_view kFindable = "p";
inline constexpr std::string_view kIsPublic = "v:public";

[[nodiscard]] std::string of(char kind, std::string_view text);
[[nodiscard]] std::string author(AccountId account);
[[nodiscard]] std::string mentioned(AccountId account);
}  // namespace terms

inline constexpr std::uint32_t kTextGap = 100;

/// Every search asks for the stems of this language, whatever the searcher reads.
inline constexpr std::string_view kEverybodysLanguage = "en";

/// What the index is given for a post that is no boost. `findable`: the post is public, and its
/// author wants to be found by people who had nothing to do with it. Thread-safe.
[[nodiscard]] ports::SearchDocument document_of(const social::Post& post, bool findable);

}  // namespace rookery::discover
