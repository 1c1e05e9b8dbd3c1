#pragma once

#include "base/result.h"
#include "search/bytes.h"
#include "search/postings.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::search {

/// Some documents and the lists of their terms, in one piece of bytes that never changes: on disk
/// as in memory (docs/formats/search.md). Documents are numbered from the newest to the oldest.
/// Thread-safe.
class Segment {
public:
    /// Where a term's list lies.
    struct Term {
        std::string_view text;
        std::uint32_t documents = 0;
        std::size_t postings_offset = 0;
    };

    /// kCorrupt if the parts do not fit together, which takes time for the number of documents and
    /// terms only; what the lists hold is not looked at.
    [[nodiscard]] static Result<std::shared_ptr<const Segment>> open(BytesPtr bytes);

    [[nodiscard]] std::uint32_t doc_count() const { return doc_count_; }
    [[nodiscard]] std::uint32_t term_count() const { return term_count_; }
    /// Words in all documents.
    [[nodiscard]] std::uint64_t word_count() const { return word_count_; }
    [[nodiscard]] std::size_t bytes() const { return all_.size(); }
    [[nodiscard]] std::string_view raw() const { return all_; }

    [[nodiscard]] std::uint64_t id(DocNumber doc) const { return ids_[doc]; }
    /// Fetches what id() reads, of whom more are asked for than one.
    void prefetch_id(DocNumber doc) const { __builtin_prefetch(ids_ + doc); }
    [[nodiscard]] std::uint32_t length(DocNumber doc) const { return lengths_[doc]; }
    [[nodiscard]] std::uint64_t newest_id() const { return ids_[0]; }
    [[nodiscard]] std::uint64_t oldest_id() const { return ids_[doc_count_ - 1]; }
    /// The first document that is not newer than `id`: doc_count() if all are.
    [[nodiscard]] DocNumber first_not_above(std::uint64_t id) const;
    [[nodiscard]] std::optional<DocNumber> find(std::uint64_t id) const;

    [[nodiscard]] std::optional<Term> find(std::string_view text) const;
    /// The number of the first term that is not less; term_count() if all are.
    [[nodiscard]] std::uint32_t lower_bound(std::string_view text) const;
    [[nodiscard]] Term term(std::uint32_t number) const;
    /// At the first document.
    [[nodiscard]] PostingCursor cursor(const Term& term) const {
        PostingCursor cursor = unstarted_cursor(term);
        cursor.start();
        return cursor;
    }
    [[nodiscard]] PostingCursor unstarted_cursor(const Term& term) const {
        return {all_.substr(term.postings_offset), term.documents, doc_count_};
    }

    /// Do the bytes have their checksum? Reads all of them.
    [[nodiscard]] bool is_intact() const;

private:
    explicit Segment(BytesPtr bytes) : bytes_(std::move(bytes)), all_(bytes_->view()) {}
    [[nodiscard]] bool parse();
    void make_signposts();
    [[nodiscard]] std::string_view term_text(std::uint32_t number) const;

    /// The first bytes of a term, ordered like the terms; shorter ones end with zeros.
    using Beginning = unsigned __int128;
    [[nodiscard]] static Beginning beginning_of(std::string_view text);
    [[nodiscard]] std::size_t signposts_before(Beginning beginning) const;
    void prefetch_terms(std::uint32_t first) const;

    BytesPtr bytes_;
    std::string_view all_;
    std::uint32_t doc_count_ = 0;
    std::uint32_t term_count_ = 0;
    std::uint64_t word_count_ = 0;
    std::uint32_t checksum_ = 0;
    const std::uint64_t* ids_ = nullptr;
    const std::uint16_t* lengths_ = nullptr;
    const char* term_entries_ = nullptr;
    std::string_view term_texts_;
    /// Of every kSignpostStep-th term: terms are looked for among these first, because all of them
    /// stay near the processor, which those of the terms themselves do not.
    std::vector<Beginning> signposts_;
};

using SegmentPtr = std::shared_ptr<const Segment>;

/// Which documents of a segment are gone, or newer elsewhere. Thread-safe.
class DeadDocs {
public:
    explicit DeadDocs(std::uint32_t doc_count) : words_((doc_count + 63) / 64) {}

    void mark(DocNumber doc) {
        const std::uint64_t bit = std::uint64_t{1} << (doc % 64);
        if ((words_[doc / 64].fetch_or(bit, std::memory_order_relaxed) & bit) == 0) {
            count_.fetch_add(1, std::memory_order_release);
        }
    }
    [[nodiscard]] bool has(DocNumber doc) const {
        return ((words_[doc / 64].load(std::memory_order_relaxed) >> (doc % 64)) & 1U) != 0;
    }
    /// Fetches what has() reads.
    void prefetch(DocNumber doc) const { __builtin_prefetch(&words_[doc / 64]); }
    [[nodiscard]] std::uint32_t count() const { return count_.load(std::memory_order_acquire); }

    [[nodiscard]] std::string encode() const;
    /// False if the bytes are damaged, or those of another number of documents.
    [[nodiscard]] bool decode(std::string_view bytes);

private:
    std::vector<std::atomic<std::uint64_t>> words_;
    std::atomic<std::uint32_t> count_{0};
};

}  // namespace rookery::search
