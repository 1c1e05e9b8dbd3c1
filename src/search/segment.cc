#include "search/segment.h"

#include "base/codec.h"
#include "base/prefetch.h"
#include "search/segment_format.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <span>
#include <utility>

namespace rookery::search {

namespace format {

std::uint32_t checksum(std::string_view bytes, std::uint32_t before) {
    uLong sum = before;
    while (!bytes.empty()) {
        const std::size_t part = std::min<std::size_t>(bytes.size(), std::size_t{1} << 30);
        sum = ::crc32(sum, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(part));
        bytes.remove_prefix(part);
    }
    return static_cast<std::uint32_t>(sum);
}

}  // namespace format

namespace {

constexpr std::uint32_t kSignpostStep = 32;
/// A segment with fewer is searched as quickly without signposts.
constexpr std::uint32_t kSignpostedTerms = 1024;

format::TermEntry read_entry(const char* entries, std::uint32_t number) {
    format::TermEntry entry{};
    std::memcpy(&entry, entries + std::size_t{number} * sizeof entry, sizeof entry);
    return entry;
}

}  // namespace

Result<SegmentPtr> Segment::open(BytesPtr bytes) {
    std::shared_ptr<Segment> segment(new Segment(std::move(bytes)));
    if (!segment->parse()) {
        return fail(ErrorCode::kCorrupt, "a segment of the search index is damaged");
    }
    return SegmentPtr(std::move(segment));
}

bool Segment::parse() {
    format::Header header{};
    if (all_.size() < sizeof header) {
        return false;
    }
    std::memcpy(&header, all_.data(), sizeof header);
    const std::uint64_t ids_end = sizeof header + std::uint64_t{header.doc_count} * 8;
    const std::uint64_t lengths_end = ids_end + std::uint64_t{header.doc_count} * 2;
    const std::uint64_t entries_bytes =
        (std::uint64_t{header.term_count} + 1) * sizeof(format::TermEntry);
    const bool fits =
        std::string_view(header.magic, sizeof header.magic) == format::kMagic &&
        header.version == format::kVersion && header.size == all_.size() && header.doc_count > 0 &&
        header.doc_count <= kSegmentDocsMax && lengths_end <= header.terms_offset &&
        header.terms_offset <= header.size && entries_bytes <= header.size - header.terms_offset &&
        header.terms_offset + entries_bytes <= header.texts_offset &&
        header.texts_offset <= header.postings_offset && header.postings_offset <= header.size;
    if (!fits) {
        return false;
    }
    doc_count_ = header.doc_count;
    term_count_ = header.term_count;
    word_count_ = header.word_count;
    checksum_ = header.checksum;
    // The header is a multiple of 8 bytes, and what holds the bytes is at least as well aligned.
    ids_ = reinterpret_cast<const std::uint64_t*>(all_.data() + sizeof header);
    lengths_ = reinterpret_cast<const std::uint16_t*>(all_.data() + ids_end);
    term_entries_ = all_.data() + header.terms_offset;
    term_texts_ = all_.substr(header.texts_offset, header.postings_offset - header.texts_offset);

    const std::span<const std::uint64_t> ids(ids_, doc_count_);
    if (std::ranges::adjacent_find(ids, std::less_equal{}) != ids.end()) {
        return false;
    }
    const std::uint64_t lists_bytes = header.size - header.postings_offset;
    format::TermEntry last = read_entry(term_entries_, 0);
    for (std::uint32_t i = 1; i <= term_count_; ++i) {
        const format::TermEntry entry = read_entry(term_entries_, i);
        if (entry.text < last.text || entry.postings < last.postings || last.documents == 0 ||
            last.documents > doc_count_) {
            return false;
        }
        last = entry;
    }
    if (last.text > term_texts_.size() || last.postings > lists_bytes) {
        return false;
    }
    make_signposts();
    return true;
}

DocNumber Segment::first_not_above(std::uint64_t id) const {
    const std::span<const std::uint64_t> ids(ids_, doc_count_);
    const auto at = std::ranges::lower_bound(ids, id, std::greater{});
    return static_cast<DocNumber>(at - ids.begin());
}

std::optional<DocNumber> Segment::find(std::uint64_t id) const {
    if (id > newest_id() || id < oldest_id()) {
        return std::nullopt;
    }
    const DocNumber doc = first_not_above(id);
    return doc < doc_count_ && ids_[doc] == id ? std::optional(doc) : std::nullopt;
}

std::string_view Segment::term_text(std::uint32_t number) const {
    const std::uint32_t begin = read_entry(term_entries_, number).text;
    const std::uint32_t end = read_entry(term_entries_, number + 1).text;
    return term_texts_.substr(begin, end - begin);
}

Segment::Beginning Segment::beginning_of(std::string_view text) {
    std::array<char, sizeof(Beginning)> bytes{};
    std::ranges::copy(text.substr(0, bytes.size()), bytes.begin());
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), bytes.data(), sizeof words);
    // So that numbers compare like the bytes.
    return Beginning{__builtin_bswap64(words[0])} << 64U | __builtin_bswap64(words[1]);
}

void Segment::make_signposts() {
    for (std::uint32_t i = 0; term_count_ >= kSignpostedTerms && i < term_count_;
         i += kSignpostStep) {
        signposts_.push_back(beginning_of(term_text(i)));
    }
}

std::uint32_t Segment::lower_bound(std::string_view text) const {
    std::uint32_t low = 0;
    std::uint32_t high = term_count_;
    if (!signposts_.empty()) {
        const Beginning beginning = beginning_of(text);
        const std::size_t before = signposts_before(beginning);
        std::size_t not_behind = before;
        if (before < signposts_.size() && signposts_[before] == beginning) {
            // Terms that begin alike may lie on either side.
            const auto behind = std::ranges::upper_bound(signposts_, beginning);
            not_behind = static_cast<std::size_t>(behind - signposts_.begin());
        }
        low = before == 0 ? 0 : static_cast<std::uint32_t>(before - 1) * kSignpostStep;
        high = std::min(static_cast<std::uint32_t>(not_behind) * kSignpostStep, term_count_);
        if (high - low == kSignpostStep) {
            prefetch_terms(low);
        }
    }
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (term_text(middle) < text) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/// How many signposts are less than `beginning`.
std::size_t Segment::signposts_before(Beginning beginning) const {
    const Beginning* first = signposts_.data();
    // Without a branch, because nobody can guess which way to go.
    for (std::size_t left = signposts_.size(); left > 0;) {
        const std::size_t half = (left + 1) / 2;
        first += first[half - 1] < beginning ? half : 0;
        left -= half;
    }
    return static_cast<std::size_t>(first - signposts_.data());
}

/// Fetches the entries of those behind a signpost, and most of their texts, which are to be looked
/// at one after another and otherwise are waited for one after another, too.
void Segment::prefetch_terms(std::uint32_t first) const {
    constexpr std::size_t kTextLines = 5;
    const char* const entries = term_entries_ + std::size_t{first} * sizeof(format::TermEntry);
    prefetch_lines(entries, kSignpostStep * sizeof(format::TermEntry));
    const char* const texts = term_texts_.data() + read_entry(term_entries_, first).text;
    prefetch_lines(texts, kTextLines * kCacheLineBytes);
}

Segment::Term Segment::term(std::uint32_t number) const {
    const format::TermEntry entry = read_entry(term_entries_, number);
    const auto lists =
        static_cast<std::size_t>(term_texts_.data() + term_texts_.size() - all_.data());
    return {term_text(number), entry.documents, lists + entry.postings};
}

std::optional<Segment::Term> Segment::find(std::string_view text) const {
    const std::uint32_t number = lower_bound(text);
    if (number == term_count_ || term_text(number) != text) {
        return std::nullopt;
    }
    return term(number);
}

bool Segment::is_intact() const {
    format::Header header{};
    std::memcpy(&header, all_.data(), sizeof header);
    header.checksum = 0;
    const std::uint32_t of_header =
        format::checksum({reinterpret_cast<const char*>(&header), sizeof header});
    return format::checksum(all_.substr(sizeof header), of_header) == checksum_;
}

std::string DeadDocs::encode() const {
    std::string out;
    out.reserve(words_.size() * 8);
    for (const auto& word : words_) {
        const std::uint64_t value = word.load(std::memory_order_relaxed);
        out.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    ByteWriter(out).fixed64(format::checksum(out));
    return out;
}

bool DeadDocs::decode(std::string_view bytes) {
    if (bytes.size() != (words_.size() + 1) * 8) {
        return false;
    }
    const std::string_view bits = bytes.substr(0, words_.size() * 8);
    if (ByteReader(bytes.substr(bits.size())).fixed64() != format::checksum(bits)) {
        return false;
    }
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        std::uint64_t value = 0;
        std::memcpy(&value, bits.data() + i * 8, sizeof value);
        words_[i].store(value, std::memory_order_relaxed);
        count += static_cast<std::uint32_t>(std::popcount(value));
    }
    count_.store(count, std::memory_order_release);
    return true;
}

}  // namespace rookery::search
