#include "search/segment_writer.h"

#include "search/segment_format.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace rookery::search {

namespace {

void append_entry(std::string& out, std::size_t postings, std::size_t text, std::size_t documents) {
    const format::TermEntry entry{
        postings, static_cast<std::uint32_t>(text), static_cast<std::uint32_t>(documents)
    };
    out.append(reinterpret_cast<const char*>(&entry), sizeof entry);
}

void pad(std::string& out, std::size_t alignment) {
    out.append((alignment - out.size() % alignment) % alignment, '\0');
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
    ids_.push_back(id);
    const auto narrow = static_cast<std::uint16_t>(std::min(length, format::kLengthMax));
    lengths_.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);
    words_ += narrow;
}

void SegmentWriter::add_term(std::string_view text, const PostingList& list) {
    append_entry(entries_, lists_.size(), texts_.size(), list.postings.size());
    ++term_count_;
    texts_ += text;
    encode_postings(list, lists_);
}

std::string SegmentWriter::finish() {
    append_entry(entries_, lists_.size(), texts_.size(), 0);
    std::string out(sizeof(format::Header), '\0');
    out.reserve(
        out.size() + ids_.size() * 10 + entries_.size() + texts_.size() + lists_.size() + 8
    );
    out.append(reinterpret_cast<const char*>(ids_.data()), ids_.size() * sizeof(std::uint64_t));
    out += lengths_;
    pad(out, 8);
    format::Header header{};
    std::ranges::copy(format::kMagic, header.magic);
    header.version = format::kVersion;
    header.doc_count = static_cast<std::uint32_t>(ids_.size());
    header.term_count = term_count_;
    header.word_count = words_;
    header.terms_offset = out.size();
    out += entries_;
    header.texts_offset = out.size();
    out += texts_;
    header.postings_offset = out.size();
    out += lists_;
    header.size = out.size();
    std::memcpy(out.data(), &header, sizeof header);
    header.checksum = format::checksum(out);
    std::memcpy(out.data(), &header, sizeof header);
    return out;
}

std::string build_segment(const std::vector<const ports::SearchDocument*>& documents) {
    std::vector<const ports::SearchDocument*> sorted = documents;
    std::ranges::sort(sorted, [](const auto* a, const auto* b) { return a->id > b->id; });
    SegmentWriter writer;
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
        writer.add_term(text, lists.find(text)->second);
    }
    return writer.finish();
}

}  // namespace rookery::search
