#include "social/text/entities.h"

#include "base/encoding.h"
#include "social/text/unicode.h"
#include "social/text/urls.h"

#include <algorithm>

namespace rookery::social::text {

namespace {

constexpr std::size_t kUsernameBytesMax = 30;
constexpr CodePoint kFullWidthAt = 0xFF20;
constexpr CodePoint kFullWidthHash = 0xFF03;
constexpr std::string_view kFullWidthHashBytes = "\xEF\xBC\x83";

bool is_username_character(CodePoint c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_latin_accent(CodePoint c) {
    return (c >= 0x00C0 && c <= 0x024F && c != 0x00D7 && c != 0x00F7) ||
           (c >= 0x0300 && c <= 0x036F) || (c >= 0x1E00 && c <= 0x1EFF);
}

/// The end of words joined by dots and dashes ("a.b-c") from `begin`; `begin` if there is none.
std::size_t dotted_end(std::string_view text, std::size_t begin, bool (*is_part)(CodePoint)) {
    std::size_t end = begin;
    std::size_t at = begin;
    while (true) {
        const CodePoint c = next_code_point(text, at);
        if (is_part(c)) {
            end = at;
        } else if ((c != '.' && c != '-') || end == begin) {
            return end;
        }
    }
}

/// Behind `end` stands what makes the word before it something else than a mention.
bool continues_mention(std::string_view text, std::size_t end) {
    const bool is_scheme = text.substr(end).starts_with("://");
    const CodePoint next = next_code_point(text, end);
    return is_scheme || next == '@' || next == kFullWidthAt || is_latin_accent(next);
}

class Scanner {
public:
    Scanner(std::string_view text, std::string_view local_host)
        : text_(text), local_host_(local_host), urls_(text) {}

    std::vector<Entity> scan() {
        std::size_t at = 0;
        while (true) {
            at = text_.find_first_of("@#hH\xEF", at);
            if (at == std::string_view::npos) {
                return std::move(found_);
            }
            at = std::max(try_at(at), at + 1);
        }
    }

private:
    /// The end of the entity found, or `at`.
    std::size_t try_at(std::size_t at) {
        switch (text_[at]) {
            case '@':
                return try_mention(at);
            case '#':
                return try_tag(at, at + 1);
            case '\xEF':
                return text_.substr(at).starts_with(kFullWidthHashBytes)
                           ? try_tag(at, at + kFullWidthHashBytes.size())
                           : at;
            default:
                return try_url(at);
        }
    }

    std::size_t try_url(std::size_t at) {
        const CodePoint before = code_point_before(text_, at);
        const bool in_word = (is_username_character(before) && before != '_') || before == '@' ||
                             before == kFullWidthAt || before == '$' || before == '#' ||
                             before == kFullWidthHash;
        if (in_word) {
            return at;
        }
        const std::size_t end = urls_.match(at);
        if (end > at) {
            found_.push_back({Entity::Kind::kUrl, at, end, {}, {}});
        }
        return end;
    }

    std::size_t try_mention(std::size_t at) {
        const CodePoint before = code_point_before(text_, at);
        if (before == '=' || before == '/' || is_word(before)) {
            return at;
        }
        const std::size_t name_end = dotted_end(text_, at + 1, is_username_character);
        if (name_end == at + 1) {
            return at;
        }
        std::size_t end = name_end;
        std::string_view host;
        if (name_end < text_.size() && text_[name_end] == '@') {
            const std::size_t host_end = mention_host_end(name_end + 1);
            if (host_end > name_end + 1) {
                host = text_.substr(name_end + 1, host_end - name_end - 1);
                end = host_end;
            }
        }
        if (continues_mention(text_, end)) {
            return at;
        }
        const std::string_view name = text_.substr(at + 1, name_end - at - 1);
        found_.push_back({Entity::Kind::kMention, at, end, name, host});
        return end;
    }

    /// Our own host may have a port, which belongs to it then.
    std::size_t mention_host_end(std::size_t begin) const {
        const std::size_t end = dotted_end(text_, begin, is_word);
        const std::size_t local_end = begin + local_host_.size();
        const bool is_local = !local_host_.empty() &&
                              ascii_iequals(text_.substr(begin, local_host_.size()), local_host_);
        std::size_t behind = local_end;
        return is_local && local_end > end && !is_word(next_code_point(text_, behind)) ? local_end
                                                                                       : end;
    }

    std::size_t try_tag(std::size_t at, std::size_t name_begin) {
        const CodePoint before = code_point_before(text_, at);
        if (before == '=' || before == '/' || before == ')' || is_alphanumeric(before)) {
            return at;
        }
        const std::size_t end = tag_end(name_begin);
        if (end == name_begin) {
            return at;
        }
        const std::string_view name = text_.substr(name_begin, end - name_begin);
        found_.push_back({Entity::Kind::kTag, at, end, name, {}});
        return end;
    }

    /// A tag begins and ends with a word character and is more than a number: it has a letter, or
    /// a separator within.
    std::size_t tag_end(std::size_t begin) const {
        std::size_t at = begin;
        std::size_t end = begin;  // behind the last word character
        bool has_letter = false;
        bool separator_pending = false;  // seen, and nothing behind it yet
        bool has_separator = false;      // with something on both sides
        while (true) {
            const std::size_t here = at;
            const CodePoint c = next_code_point(text_, at);
            const bool word = is_word(c);
            if (here == begin && (!word || is_mark(c))) {
                return begin;
            }
            if (!word && !is_tag_separator(c)) {
                break;
            }
            if (word) {
                has_letter = has_letter || is_alphabetic(c);
                has_separator = has_separator || separator_pending;
                end = at;
            }
            separator_pending = separator_pending || (is_tag_separator(c) && here != begin);
        }
        if (!has_letter && !has_separator) {
            return begin;
        }
        return without_scheme(begin, end);
    }

    /// "#nowhttps://…": the tag is "now".
    std::size_t without_scheme(std::size_t begin, std::size_t end) const {
        if (!text_.substr(end).starts_with("://")) {
            return end;
        }
        const std::string_view name = text_.substr(begin, end - begin);
        for (const std::string_view scheme : {"https", "http"}) {
            if (name.size() > scheme.size() && name.ends_with(scheme)) {
                return end - scheme.size();
            }
        }
        return end;
    }

    std::string_view text_;
    std::string_view local_host_;
    UrlMatcher urls_;
    std::vector<Entity> found_;
};

}  // namespace

std::vector<Entity> find_entities(std::string_view text, std::string_view local_host) {
    return Scanner(text, local_host).scan();
}

bool is_local_mention(const Entity& entity, std::string_view local_host) {
    return entity.kind == Entity::Kind::kMention && entity.name.size() <= kUsernameBytesMax &&
           std::ranges::all_of(entity.name, is_username_character) &&
           (entity.host.empty() || ascii_iequals(entity.host, local_host));
}

}  // namespace rookery::social::text
