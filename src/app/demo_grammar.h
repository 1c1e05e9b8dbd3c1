#pragma once

#include "base/random.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::app::demo {

/// What people of one interest say: lists of templates by kind ("post", "reply", "bio", "warning"
/// …) and of words for the {slots} in them.
using Vocabulary = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Everything that the demo's people say, written down in demo_texts.cc:
///
///     [birds]                       begins a topic; [general] is shared by all
///     bird = rook | jackdaw         words for {bird}
///     post + A {bird} {where}!      one more template of a kind
///
/// A template's {slot} is replaced by one of its topic's words, or else of the general ones, again
/// and again until none is left.
class Grammar {
public:
    /// Throws std::logic_error where the texts break the form: they are part of the program.
    explicit Grammar(std::string_view texts);

    /// Topics in the order of the text, without "general" and those that begin with "lang-".
    [[nodiscard]] const std::vector<std::string>& topics() const { return topics_; }
    [[nodiscard]] bool has(std::string_view topic, std::string_view kind) const;

    /// A sentence or more of a kind, of the topic or else of the general ones.
    [[nodiscard]] std::string say(std::string_view topic, std::string_view kind, Random& random)
        const;

private:
    [[nodiscard]] const std::vector<std::string>*
    list(std::string_view topic, std::string_view kind) const;

    std::vector<std::string> topics_;
    std::map<std::string, Vocabulary, std::less<>> vocabularies_;
};

[[nodiscard]] std::string_view demo_texts();

/// The parts of `text` between `separator`s, blanks at their ends removed.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text, char separator);

}  // namespace rookery::app::demo
