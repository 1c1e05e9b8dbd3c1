#include "discover/post_query.h"

#include "base/encoding.h"
#include "discover/post_terms.h"
#include "discover/query_days.h"
#include "discover/query_tokens.h"
#include "discover/query_values.h"
#include "discover/query_words.h"
#include "discover/search_nodes.h"
#include "social/post_text.h"
#include "social/text/entities.h"
#include "social/text/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace rookery::discover {

namespace {

using ports::SearchNode;
using social::text::Entity;

constexpr std::string_view kFullWidthAt = "\uFF20";

Error refused(std::string message) {
    return fail(ErrorCode::kInvalid, std::move(message));
}

/// Those that the query names, or else the searcher's and everybody's.
std::vector<std::string>
languages_of(const std::vector<QueryToken>& tokens, const PostQueryReader& reader) {
    std::vector<std::string> languages;
    const auto add = [&](std::string_view language) {
        if (std::string code = social::normalize_language(language); !code.empty()) {
            languages.push_back(std::move(code));
        }
    };
    for (const QueryToken& token : tokens) {
        if (token.key == "language" && !token.is_negated) {
            add(token.text);
        }
    }
    if (languages.empty()) {
        std::ranges::for_each(reader.languages, add);
        languages.emplace_back(kEverybodysLanguage);
    }
    std::ranges::sort(languages);
    languages.erase(std::ranges::unique(languages).begin(), languages.end());
    return languages;
}

class Builder {
public:
    Builder(
        std::string_view typed,
        std::vector<std::string> languages,
        const PostQueryReader& reader,
        const PostQueryLimits& limits
    )
        : typed_(typed), words_(std::move(languages)), reader_(reader), limits_(limits) {}

    Result<PostQuery> build(const std::vector<QueryToken>& tokens) {
        for (const QueryToken& token : tokens) {
            if (token.key.empty()) {
                add_words(token);
            } else if (const Result<void> added = add_operator(token); !added) {
                return added.error();
            }
            if (clauses_ > limits_.clauses_max) {
                return refused(fmt::format(
                    "A search takes at most {} words, phrases and operators", limits_.clauses_max
                ));
            }
        }
        return std::move(query_);
    }

private:
    void count_clause() {
        ++clauses_;
        query_.is_empty = false;
    }

    void require(SearchNode node, bool is_negated) {
        count_clause();
        if (is_negated) {
            node = not_node(std::move(node));
        }
        if (std::ranges::find(query_.conditions, node) == query_.conditions.end()) {
            query_.conditions.push_back(std::move(node));
        }
    }

    void add_words(const QueryToken& token) {
        if (token.is_quoted) {
            add_found(words_.of_phrase(token.text), token.is_negated);
            return;
        }
        std::string_view rest = token.text;
        std::string plain;
        if (rest.starts_with(kFullWidthAt)) {
            plain = fmt::format("@{}", rest.substr(kFullWidthAt.size()));
            rest = plain;
        }
        while (clauses_ <= limits_.clauses_max &&
               (rest.starts_with('@') || rest.starts_with('#') || rest.starts_with("\uFF03"))) {
            const std::size_t taken = add_entity(rest, token.is_negated);
            if (taken == 0) {
                break;
            }
            rest.remove_prefix(taken);
        }
        const bool is_unfinished = token.end == typed_.size() && !token.is_negated;
        add_found(words_.of_piece(rest, is_unfinished), token.is_negated);
    }

    /// Takes the hashtag or the local mention that the text begins with, and answers its length.
    std::size_t add_entity(std::string_view text, bool is_negated) {
        const std::vector<Entity> found = social::text::find_entities(text, reader_.local_host);
        if (found.empty() || found.front().begin != 0) {
            return 0;
        }
        const Entity& entity = found.front();
        if (social::text::is_local_mention(entity, reader_.local_host)) {
            require(
                term_node(terms::of(terms::kMentionedName, ascii_lower(entity.name))), is_negated
            );
        } else if (entity.kind == Entity::Kind::kTag) {
            const std::string tag = social::text::normalize_tag(entity.name);
            if (tag.empty()) {
                return 0;
            }
            require(term_node(terms::of(terms::kTag, tag)), is_negated);
        } else {
            return 0;
        }
        if (!is_negated) {
            show(words_.of_phrase(entity.name).words);
        }
        return entity.end;
    }

    void add_found(QueryWords::Found found, bool is_negated) {
        if (!found.is_any) {
            return;
        }
        require(std::move(found.node), is_negated);
        if (is_negated) {
            return;
        }
        for (std::string& scored : found.scored) {
            if (std::ranges::find(query_.scored, scored) == query_.scored.end()) {
                query_.scored.push_back(std::move(scored));
            }
        }
        show(std::move(found.words));
    }

    void show(std::vector<QueryWord> words) {
        for (QueryWord& word : words) {
            if (std::ranges::find(query_.words, word) == query_.words.end()) {
                query_.words.push_back(std::move(word));
            }
        }
    }

    Result<void> add_operator(const QueryToken& token) {
        const std::string value = ascii_lower(token.text);
        if (value.empty()) {
            return {};
        }
        if (token.key == "from") {
            return add_author(token);
        }
        if (token.key == "has" || token.key == "is") {
            const auto found = property_term(token.key, value);
            if (!found) {
                return refused(
                    token.key == "has" ? "has: takes media, poll, link or embed"
                                       : "is: takes reply or sensitive"
                );
            }
            require(term_node(std::string(*found)), token.is_negated);
            return {};
        }
        if (token.key == "language") {
            const std::string language = social::normalize_language(value);
            if (language.empty()) {
                return refused("language: takes a code such as en");
            }
            require(term_node(terms::of(terms::kLanguage, language)), token.is_negated);
            return {};
        }
        return token.key == "in" ? set_scope(value, token.is_negated) : add_day(token);
    }

    Result<void> add_author(const QueryToken& token) {
        QueryAuthor author{.name = {}, .is_me = false, .is_negated = token.is_negated};
        std::string_view name = token.text;
        author.is_me = ascii_iequals(name, "me");
        if (name.starts_with(kFullWidthAt)) {
            name.remove_prefix(kFullWidthAt.size());
        } else if (name.starts_with('@')) {
            name.remove_prefix(1);
        }
        if (name.empty()) {
            return {};
        }
        author.name = name;
        count_clause();
        query_.authors.push_back(std::move(author));
        return {};
    }

    Result<void> set_scope(std::string_view value, bool is_negated) {
        const auto scope = scope_of(value);
        if (!scope) {
            return refused("in: takes all, public or library");
        }
        if (is_negated) {
            return refused("in: cannot be negated");
        }
        count_clause();
        query_.scope = *scope;
        return {};
    }

    Result<void> add_day(const QueryToken& token) {
        const auto day = ids_of_day(token.text);
        if (!day) {
            return refused(fmt::format("{}: takes a day such as 2026-01-31", token.key));
        }
        count_clause();
        if (token.key == "during") {
            if (token.is_negated) {
                return refused("during: cannot be negated; before: and after: can be asked for");
            }
            begin_at(day->first);
            end_before(day->behind);
        } else if (token.key == "before") {
            token.is_negated ? begin_at(day->first) : end_before(day->first);
        } else {
            token.is_negated ? end_before(day->behind) : begin_at(day->behind);
        }
        return {};
    }

    void begin_at(std::uint64_t first) {
        query_.above = std::max(query_.above, first == 0 ? 0 : first - 1);
    }
    void end_before(std::uint64_t behind) { query_.below = std::min(query_.below, behind); }

    std::string_view typed_;
    QueryWords words_;
    const PostQueryReader& reader_;
    const PostQueryLimits& limits_;
    PostQuery query_;
    std::size_t clauses_ = 0;
};

}  // namespace

Result<PostQuery> parse_post_query(
    std::string_view typed,
    const PostQueryReader& reader,
    const PostQueryLimits& limits
) {
    if (typed.size() > limits.bytes_max) {
        return refused(fmt::format("A search takes at most {} bytes", limits.bytes_max));
    }
    const std::vector<QueryToken> tokens = query_tokens(typed);
    return Builder(typed, languages_of(tokens, reader), reader, limits).build(tokens);
}

}  // namespace rookery::discover
