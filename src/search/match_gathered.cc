#include "search/match_gathered.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace rookery::search {

namespace {

constexpr std::size_t kWordBits = 64;

/// Lists with more documents are not gone through before it is known how far.
constexpr std::uint32_t kShortList = 128;

/// A bit for each document, of short lists at once, of long ones as far as documents were asked
/// for: who has enough of the newest does not pay for the oldest.
class GatheredDocs final : public MatchCursor {
public:
    GatheredDocs(
        const std::vector<Segment::Term>& terms,
        const Segment& segment,
        StepBudget& budget
    )
        : budget_(budget),
          doc_count_(segment.doc_count()),
          words_((doc_count_ + kWordBits - 1) / kWordBits) {
        std::uint64_t count = 0;
        for (const Segment::Term& term : terms) {
            count += term.documents;
            PostingCursor list = segment.cursor(term);
            if (term.documents > kShortList) {
                long_lists_.push_back(std::move(list));
            } else if (!gather(list, doc_count_)) {
                break;
            }
        }
        estimate_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, doc_count_));
    }

    void start() override { seek(0); }
    [[nodiscard]] DocNumber doc() const override { return doc_; }
    void next() override { seek(doc_ + 1); }
    void advance(DocNumber target) override {
        if (doc_ < target) {
            seek(target);
        }
    }
    std::size_t keep(std::span<DocNumber> docs) override {
        gather_from(docs.front(), docs.back() + 1);
        doc_ = docs.back();
        std::size_t kept = 0;
        for (const DocNumber doc : docs) {
            docs[kept] = doc;
            kept += (words_[doc / kWordBits] >> (doc % kWordBits)) & 1U;
        }
        return kept;
    }
    [[nodiscard]] std::uint32_t estimate() const override { return estimate_; }

private:
    static constexpr DocNumber kTogetherFirst = 1'024;
    static constexpr DocNumber kTogetherMax = 262'144;

    /// The documents of a list before `end`. False if the budget does not suffice for more.
    bool gather(PostingCursor& list, DocNumber end) {
        std::size_t steps = 0;
        for (; list.doc() < end; list.next()) {
            words_[list.doc() / kWordBits] |= std::uint64_t{1} << (list.doc() % kWordBits);
            ++steps;
        }
        return budget_.spend(steps);
    }

    /// Those of all lists from `begin` to before `end`; what is before `begin` is left out.
    void gather_from(DocNumber begin, DocNumber end) {
        if (end <= gathered_) {
            return;
        }
        for (PostingCursor& list : long_lists_) {
            list.advance(begin);
            if (!gather(list, end)) {
                long_lists_.clear();
                break;
            }
        }
        gathered_ = end;
    }

    void seek(DocNumber from) {
        while (from < doc_count_) {
            if (from >= gathered_) {
                // Up to whole words, so that what is behind shares no word with it.
                const std::uint64_t end = std::uint64_t{from} / kWordBits * kWordBits + together_;
                gather_from(from, static_cast<DocNumber>(std::min<std::uint64_t>(end, doc_count_)));
                together_ = std::min(together_ * 2, kTogetherMax);
            }
            doc_ = first_gathered(from);
            if (doc_ != kNoDoc) {
                return;
            }
            from = gathered_;
        }
        doc_ = kNoDoc;
    }

    /// Those behind the gathered ones are of short lists alone, and not looked at.
    [[nodiscard]] DocNumber first_gathered(DocNumber from) const {
        std::size_t word = from / kWordBits;
        std::uint64_t bits = words_[word] & (~std::uint64_t{0} << (from % kWordBits));
        while (bits == 0) {
            if (++word * kWordBits >= gathered_) {
                return kNoDoc;
            }
            bits = words_[word];
        }
        const auto bit = static_cast<unsigned>(std::countr_zero(bits));
        return static_cast<DocNumber>(word * kWordBits + bit);
    }

    StepBudget& budget_;
    std::uint32_t doc_count_;
    std::vector<std::uint64_t> words_;
    std::vector<PostingCursor> long_lists_;
    std::uint32_t estimate_ = 0;
    DocNumber gathered_ = 0;  ///< before this one
    DocNumber together_ = kTogetherFirst;
    DocNumber doc_ = kNoDoc;
};

}  // namespace

MatchCursorPtr
gathered_docs(const std::vector<Segment::Term>& terms, const Segment& segment, StepBudget& budget) {
    return std::make_unique<GatheredDocs>(terms, segment, budget);
}

}  // namespace rookery::search
