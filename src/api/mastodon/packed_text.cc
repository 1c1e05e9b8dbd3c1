#include "api/mastodon/packed_text.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace rookery::api::mastodon {

namespace {

/// A packed text is this, its own bytes one after another, and the steps that put it together.
struct Header {
    std::uint32_t text_bytes;
    std::uint32_t own_bytes;
};

/// So many of its own bytes, and then so many from a place in the dictionary.
struct Step {
    std::uint8_t own;
    std::uint8_t phrase;
    std::uint16_t place;
};
constexpr std::size_t kStepBytesMax = std::numeric_limits<std::uint8_t>::max();

/// What is copied at once, however little is needed: a loop over few lengths is foreseen better
/// than a call for each.
constexpr std::size_t kCopyBytes = TextDictionary::kSlackBytes;

/// Shorter matches take more bytes for their step than they spare.
constexpr std::size_t kMatchBytesMin = 8;
constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
constexpr unsigned kHashBits = 12;

/// Of the first kMatchBytesMin bytes.
std::size_t hash_of(std::string_view bytes) {
    std::uint64_t word = 0;
    static_assert(sizeof word == kMatchBytesMin);
    std::memcpy(&word, bytes.data(), sizeof word);
    return (word * 0x9E3779B97F4A7C15ULL) >> (64U - kHashBits);
}

void copy_words(char* out, const char* from, std::size_t bytes) {
    for (std::size_t at = 0; at < bytes; at += kCopyBytes) {
        std::memcpy(out + at, from + at, kCopyBytes);
    }
}

template <class T>
T read(std::string_view from) {
    T value{};
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the size is given
    std::memcpy(&value, from.data(), sizeof value);
    return value;
}

template <class T>
void append(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The steps of a text in the making.
class Steps {
public:
    void add(std::size_t own, std::size_t place, std::size_t phrase) {
        for (; own > kStepBytesMax; own -= kStepBytesMax) {
            append_one(kStepBytesMax, 0, 0);
        }
        do {
            const std::size_t part = std::min(phrase, kStepBytesMax);
            append_one(own, place, part);
            own = 0;
            place += part;
            phrase -= part;
        } while (phrase > 0);
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    void append_one(std::size_t own, std::size_t place, std::size_t phrase) {
        append(
            bytes_,
            Step{
                .own = static_cast<std::uint8_t>(own),
                .phrase = static_cast<std::uint8_t>(phrase),
                .place = static_cast<std::uint16_t>(place),
            }
        );
    }
    std::string bytes_;
};

}  // namespace

TextDictionary::TextDictionary(std::string_view phrases)
    : phrases_(phrases.substr(0, kBytesMax)),
      bytes_(phrases_.size()),
      last_(std::size_t{1} << kHashBits, kNowhere),
      before_(bytes_, kNowhere) {
    phrases_.append(kSlackBytes, '\0');
    for (std::size_t place = 0; place + kMatchBytesMin <= bytes_; ++place) {
        std::uint32_t& last = last_[hash_of(std::string_view(phrases_).substr(place))];
        before_[place] = last;
        last = static_cast<std::uint32_t>(place);
    }
}

TextDictionary::Match TextDictionary::longest_match(std::string_view text) const {
    Match longest;
    if (text.size() < kMatchBytesMin) {
        return longest;
    }
    for (std::uint32_t place = last_[hash_of(text)]; place != kNowhere; place = before_[place]) {
        const std::string_view there(phrases_.data() + place, bytes_ - place);
        const auto [end, ignored] = std::ranges::mismatch(there, text);
        const auto bytes = static_cast<std::size_t>(end - there.begin());
        if (bytes > longest.bytes) {
            longest = {place, bytes};
        }
    }
    return longest.bytes < kMatchBytesMin ? Match{} : longest;
}

std::string TextDictionary::pack(std::string_view text) const {
    std::string own;
    Steps steps;
    std::size_t passed = 0;  // of the text, since the last match
    std::string_view rest = text;
    while (!rest.empty()) {
        const Match match = longest_match(rest);
        if (match.bytes == 0) {
            own += rest.front();
            ++passed;
            rest.remove_prefix(1);
            continue;
        }
        steps.add(passed, match.begin, match.bytes);
        passed = 0;
        rest.remove_prefix(match.bytes);
    }
    if (passed > 0) {
        steps.add(passed, 0, 0);
    }
    std::string packed;
    // Own bytes are read by kCopyBytes at a time, the last ones with the steps behind them.
    const std::size_t behind = std::max(steps.bytes().size(), kCopyBytes);
    packed.reserve(sizeof(Header) + own.size() + behind);
    append(
        packed,
        Header{
            .text_bytes = static_cast<std::uint32_t>(text.size()),
            .own_bytes = static_cast<std::uint32_t>(own.size()),
        }
    );
    packed += own;
    packed += steps.bytes();
    packed.resize(sizeof(Header) + own.size() + behind);
    return packed;
}

char* TextDictionary::unpack(std::string_view packed, char* out) const {
    const auto header = read<Header>(packed);
    const char* own = packed.data() + sizeof(Header);
    const char* step = own + header.own_bytes;
    const char* const end = out + header.text_bytes;
    while (out != end) {
        const auto next = read<Step>({step, sizeof(Step)});
        step += sizeof(Step);
        copy_words(out, own, next.own);
        out += next.own;
        own += next.own;
        copy_words(out, phrases_.data() + next.place, next.phrase);
        out += next.phrase;
    }
    return out;
}

std::size_t TextDictionary::bytes_of(std::string_view packed) {
    return read<Header>(packed).text_bytes;
}

std::string TextDictionary::text(std::string_view packed) const {
    std::string text(bytes_of(packed) + kSlackBytes, '\0');
    const char* const end = unpack(packed, text.data());
    text.resize(static_cast<std::size_t>(end - text.data()));
    return text;
}

}  // namespace rookery::api::mastodon
