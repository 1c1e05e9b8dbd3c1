#include "search/match_leaves.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace rookery::search {

namespace {

class PhraseDocs final : public MatchCursor {
public:
    PhraseDocs(std::vector<PostingCursor> words, std::uint32_t rarest, StepBudget& budget)
        : words_(std::move(words)), estimate_(rarest), budget_(budget) {}

    void start() override {
        for (PostingCursor& word : words_) {
            word.start();
        }
        is_started_ = true;
        settle(words_.front().doc());
    }
    [[nodiscard]] DocNumber doc() const override { return doc_; }
    void next() override {
        words_.front().next();
        settle(words_.front().doc());
    }
    void advance(DocNumber target) override {
        if (doc_ < target) {
            settle(target);
        }
    }
    std::size_t keep(std::span<DocNumber> docs) override {
        if (!is_started_) {
            start();
        }
        return MatchCursor::keep(docs);
    }
    [[nodiscard]] std::uint32_t estimate() const override { return estimate_; }

private:
    /// To the first match at or behind `target`.
    void settle(DocNumber target) {
        while (target != kNoDoc) {
            const DocNumber first = target;
            for (PostingCursor& word : words_) {
                word.advance(target);
                target = word.doc();
                if (target != first) {
                    break;
                }
            }
            if (!budget_.spend()) {
                break;
            }
            if (target != first) {
                continue;
            }
            if (stand_in_a_row()) {
                doc_ = target;
                return;
            }
            words_.front().next();
            target = words_.front().doc();
        }
        doc_ = kNoDoc;
    }

    bool stand_in_a_row() {
        words_.front().positions(starts_);
        for (std::uint32_t i = 1; i < words_.size() && !starts_.empty(); ++i) {
            words_[i].positions(here_);
            std::erase_if(starts_, [&](std::uint32_t start) {
                return !std::ranges::binary_search(here_, start + i);
            });
        }
        return !starts_.empty();
    }

    std::vector<PostingCursor> words_;
    std::uint32_t estimate_;
    StepBudget& budget_;
    bool is_started_ = false;
    DocNumber doc_ = kNoDoc;
    std::vector<std::uint32_t> starts_;
    std::vector<std::uint32_t> here_;
};

}  // namespace

MatchCursorPtr docs_with_phrase(
    const std::vector<std::string>& words,
    const Segment& segment,
    StepBudget& budget
) {
    std::vector<PostingCursor> cursors;
    std::uint32_t rarest = kNoDoc;
    for (const std::string& word : words) {
        const auto term = segment.find(word);
        if (!term) {
            return nullptr;
        }
        cursors.push_back(segment.unstarted_cursor(*term));
        rarest = std::min(rarest, term->documents);
    }
    return std::make_unique<PhraseDocs>(std::move(cursors), rarest, budget);
}

}  // namespace rookery::search
