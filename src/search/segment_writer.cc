#include "search/segment_writer.h"

#include "search/postings_encode.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace rookery::search {

namespace {

template <class T>
std::string_view bytes_of(const T& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

void append_posting(PostingList& list, DocNumber doc, const ports::SearchTerm& term) {
    Posting posting;
    posting.doc = doc;
    posting.positions_begin = static_cast<std::uint32_t>(list.positions.size());
    if (!term.positions.empty()) {
        posting.frequency = static_cast<std::uint32_t>(term.positions.size());
        list.positions.insert(list.positions.end(), term.positions.begin(), term.positions.end());
    } else {
        posting.frequency = std::max<std::uint32_t>(1, term.frequency);
    }
    list.postings.push_back(posting);
}

}  // namespace

void SegmentWriter::add_document(std::uint64_t id, std::uint32_t length) {
    const auto narrow = static_cast<std::uint16_t>(std::min(length, format::kLengthMax));
    sinks_.ids->append(bytes_of(id));
    sinks_.lengths->append(bytes_of(narrow));
    word_count_ += narrow;
    ++doc_count_;
}

void SegmentWriter::append_entry(std::uint64_t list_begin, std::uint32_t documents) {
    const auto text = static_cast<std::uint32_t>(sinks_.texts->size());
    sinks_.terms->append(bytes_of(format::TermEntry{list_begin, text, documents}));
}

void SegmentWriter::add_term(
    std::string_view text,
    std::uint64_t list_begin,
    std::uint32_t documents
) {
    append_entry(list_begin, documents);
    ++term_count_;
    sinks_.texts->append(text);
}

void SegmentWriter::finish() {
    append_entry(sinks_.lists->size(), 0);
}

format::Header SegmentWriter::header(const format::Layout& layout) const {
    format::Header header{};
    std::ranges::copy(format::kMagic, header.magic);
    header.version = format::kVersion;
    header.doc_count = doc_count_;
    header.term_count = term_count_;
    header.word_count = word_count_;
    header.terms_offset = layout.terms_offset;
    header.texts_offset = layout.texts_offset;
    header.postings_offset = layout.postings_offset;
    header.size = layout.postings_offset + sinks_.lists->size();
    return header;
}

std::string SegmentInMemory::bytes() const {
    const format::Layout layout(
        ids_.size() / sizeof(std::uint64_t),
        terms_.size() / sizeof(format::TermEntry) - 1,
        texts_.size()
    );
    format::Header header = writer_.header(layout);
    std::string out;
    out.reserve(header.size);
    out += bytes_of(header);
    out += ids_.bytes();
    out += lengths_.bytes();
    out.append(layout.terms_offset - out.size(), '\0');
    out += terms_.bytes();
    out += texts_.bytes();
    out += lists_.bytes();
    header.checksum = format::checksum(out);
    std::memcpy(out.data(), &header, sizeof header);
    return out;
}

std::string build_segment(const std::vector<const ports::SearchDocument*>& documents) {
    std::vector<const ports::SearchDocument*> sorted = documents;
    std::ranges::sort(sorted, [](const auto* a, const auto* b) { return a->id > b->id; });
    SegmentInMemory made;
    SegmentWriter& writer = made.writer();
    std::unordered_map<std::string_view, PostingList> lists;
    for (DocNumber doc = 0; doc < sorted.size(); ++doc) {
        writer.add_document(sorted[doc]->id, sorted[doc]->length);
        for (const ports::SearchTerm& term : sorted[doc]->terms) {
            append_posting(lists[term.text], doc, term);
        }
    }
    std::vector<std::string_view> texts;
    texts.reserve(lists.size());
    for (const auto& [text, list] : lists) {
        texts.push_back(text);
    }
    std::ranges::sort(texts);
    for (const std::string_view text : texts) {
        const PostingList& list = lists.find(text)->second;
        const std::uint64_t begin = writer.lists().size();
        encode_postings(list, writer.lists());
        writer.add_term(text, begin, static_cast<std::uint32_t>(list.postings.size()));
    }
    writer.finish();
    return made.bytes();
}

}  // namespace rookery::search
