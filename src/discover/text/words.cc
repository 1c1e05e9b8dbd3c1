#include "discover/text/words.h"

#include "base/encoding.h"
#include "discover/text/fold.h"
#include "discover/text/segments.h"
#include "discover/text/stemmer.h"
#include "social/text/entities.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rookery::discover::text {

namespace {

using social::text::Entity;

constexpr auto kElided =
    std::to_array<std::string_view>({"l",      "d",    "j",     "m",     "t",      "s",
                                     "n",      "c",    "qu",    "jusqu", "lorsqu", "puisqu",
                                     "quoiqu", "dell", "nell",  "all",   "dall",   "sull",
                                     "coll",   "un",   "quell", "quest", "bell",   "sant"});
constexpr std::size_t kElidedBytesMax = 6;

/// The length of "l'" in "l'été", of both kinds of apostrophe; 0 if there is no such thing.
std::size_t elided_bytes(std::string_view word) {
    constexpr std::string_view kTypographic = "\u2019";
    std::size_t letters = 0;
    while (letters < word.size() && letters <= kElidedBytesMax &&
           ((word[letters] >= 'a' && word[letters] <= 'z') ||
            (word[letters] >= 'A' && word[letters] <= 'Z'))) {
        ++letters;
    }
    const std::string_view rest = word.substr(letters);
    std::size_t apostrophe = 0;
    if (rest.starts_with('\'')) {
        apostrophe = 1;
    } else if (rest.starts_with(kTypographic)) {
        apostrophe = kTypographic.size();
    } else {
        return 0;
    }
    const std::string_view behind = rest.substr(apostrophe);
    const std::string before = ascii_lower(word.substr(0, letters));
    const bool is_elided = behind.size() >= 2 &&
                           std::ranges::find(kElided, before) != kElided.end() &&
                           begins_with_vowel(behind);
    return is_elided ? letters + apostrophe : 0;
}

bool is_ascii_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class Splitter {
public:
    Splitter(std::string_view text, std::string_view language) : text_(text), stemmer_(language) {}

    SplitText split() {
        constexpr std::size_t kBytesOfAWord = 6;  // and what is around it, in most texts
        out_.words.reserve(text_.size() / kBytesOfAWord + 1);
        std::size_t done = 0;
        for (const Entity& entity : social::text::find_entities(text_, {})) {
            add_text(done, entity.begin);
            add_entity(entity);
            done = entity.end;
        }
        add_text(done, text_.size());
        return std::move(out_);
    }

private:
    std::vector<Segment>& segments_of(std::string_view text) {
        thread_local std::vector<Segment> segments;
        segments.clear();
        find_segments(text, segments);
        return segments;
    }

    void add_text(std::size_t begin, std::size_t end) {
        if (begin == end) {
            return;
        }
        for (const Segment& found : segments_of(text_.substr(begin, end - begin))) {
            add_word(begin + found.begin, begin + found.end, true);
        }
    }

    void add_entity(const Entity& entity) {
        const auto place = [&](std::string_view part) {
            return static_cast<std::size_t>(part.data() - text_.data());
        };
        switch (entity.kind) {
            case Entity::Kind::kMention:
                add_word(place(entity.name), place(entity.name) + entity.name.size(), false);
                return;
            case Entity::Kind::kTag:
                // One word, but where words are written without a space between them.
                add_text(place(entity.name), place(entity.name) + entity.name.size());
                return;
            case Entity::Kind::kUrl:
                add_url(entity.begin, entity.end);
                return;
        }
    }

    void add_url(std::size_t begin, std::size_t end) {
        out_.has_url = true;
        const std::string_view until_end = text_.substr(0, end);
        const auto find = [&](std::string_view any_of, std::size_t from) {
            return std::min(until_end.find_first_of(any_of, from), end);
        };
        std::size_t host = until_end.find("://", begin) + 3;
        const std::size_t host_end = find("/?#:", host);
        if (ascii_iequals(until_end.substr(host, 4), "www.") && host + 4 < host_end) {
            host += 4;
        }
        add_word(host, host_end, false);
        const std::size_t path = find("/?#", host_end);
        const std::size_t path_end = find("?#", path);
        const std::string_view typed = text_.substr(path, path_end - path);
        if (!typed.contains('%')) {
            add_path(typed, [&](const Segment& word) {
                add_word(path + word.begin, path + word.end, true);
            });
            return;
        }
        const std::string decoded = percent_decode(typed, false);
        add_path(decoded, [&](const Segment& word) {
            const std::string_view part = std::string_view(decoded).substr(word.begin);
            add(part.substr(0, word.end - word.begin), {path, path_end}, true);
        });
    }

    /// A path joins its words with what joins a word elsewhere: "a.b" and "a_b" are two.
    template <class Take>
    void add_path(std::string_view path, Take take) {
        const auto ends_part = [](char c) {
            return static_cast<unsigned char>(c) < 0x80 && !is_ascii_alphanumeric(c);
        };
        for (std::size_t at = 0; at < path.size();) {
            if (ends_part(path[at])) {
                ++at;
                continue;
            }
            const auto* const end = std::find_if(path.begin() + at, path.end(), ends_part);
            const auto size = static_cast<std::size_t>(end - path.begin()) - at;
            for (const Segment& found : segments_of(path.substr(at, size))) {
                take(Segment{at + found.begin, at + found.end});
            }
            at += size;
        }
    }

    void add_word(std::size_t begin, std::size_t end, bool is_stemmed) {
        while (begin < end && text_[begin] == '_') {
            ++begin;
        }
        while (end > begin && text_[end - 1] == '_') {
            --end;
        }
        begin += elided_bytes(text_.substr(begin, end - begin));
        add(text_.substr(begin, end - begin), {begin, end}, is_stemmed);
    }

    void add(std::string_view typed, Segment where, bool is_stemmed) {
        Word word;
        fold_case(typed, word.folded);
        if (is_stemmed && stemmer_.knows_language()) {
            stemmer_.stem(word.folded, word.stem);
            fold_marks(word.stem);
            cut_word(word.stem);
        }
        fold_marks(word.folded);
        cut_word(word.folded);
        if (word.folded.empty()) {
            return;
        }
        if (word.stem.empty()) {
            word.stem = word.folded;
        }
        word.begin = static_cast<std::uint32_t>(where.begin);
        word.end = static_cast<std::uint32_t>(where.end);
        word.position = static_cast<std::uint32_t>(out_.words.size());
        out_.words.push_back(std::move(word));
    }

    std::string_view text_;
    Stemmer stemmer_;
    SplitText out_;
};

}  // namespace

SplitText split_words(std::string_view text, std::string_view language) {
    return Splitter(text, language).split();
}

}  // namespace rookery::discover::text
