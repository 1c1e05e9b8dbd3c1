#pragma once

#include "social/post.h"

#include <string_view>
#include <vector>

namespace rookery::sim {

/// A post made for a query, which therefore is known to answer it or not.
struct JudgedPost {
    std::string_view text;
    /// How well: 3 it is what was asked for, 2 good, 1 it mentions it. 0: it must not be found,
    /// though it looks as if.
    int grade = 3;
    std::string_view language = "en";
    std::string_view by = "ada";
    std::string_view warning;
    social::Visibility visibility = social::Visibility::kPublic;
    int day = -1;            ///< of 2026, from 0; -1: any
    bool is_reply = false;   ///< to any post
    bool is_marked = false;  ///< the searcher has bookmarked it
};

/// What is typed, by somebody who reads `reads`, and the posts made for it. Its words are so rare
/// that no other post has all of them, so those of a grade are all that there is to find.
struct JudgedQuery {
    std::string_view kind;  ///< for the report
    std::string_view typed;
    std::vector<JudgedPost> posts;
    std::string_view reads = "en";
    /// Known not to be answered well: docs/relevance.md says why.
    bool is_beyond = false;
};

/// Who writes the judged posts; the last one is who searches.
[[nodiscard]] const std::vector<std::string_view>& judged_people();

[[nodiscard]] std::vector<JudgedQuery> judged_queries();

/// The parts of which it consists, each in a file of its own.
[[nodiscard]] std::vector<JudgedQuery> judged_words();
[[nodiscard]] std::vector<JudgedQuery> judged_languages();
[[nodiscard]] std::vector<JudgedQuery> judged_operators();

}  // namespace rookery::sim
