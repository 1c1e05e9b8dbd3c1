#include "search/match_phrase.h"

#include <algorithm>

namespace rookery::search {

std::optional<PhraseCheck>
PhraseCheck::make(const std::vector<std::string>& words, const Segment& segment) {
    PhraseCheck check;
    for (const std::string& word : words) {
        const auto term = segment.find(word);
        if (!term) {
            return std::nullopt;
        }
        check.words_.push_back(segment.unstarted_cursor(*term));
    }
    return check;
}

std::size_t PhraseCheck::keep(std::span<DocNumber> docs) {
    if (!is_started_ && !docs.empty()) {
        is_started_ = true;
        std::ranges::for_each(words_, &PostingCursor::start);
    }
    std::size_t kept = 0;
    for (const DocNumber doc : docs) {
        if (stand_in_a_row(doc)) {
            docs[kept++] = doc;
        }
    }
    return kept;
}

bool PhraseCheck::stand_in_a_row(DocNumber doc) {
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        PostingCursor& word = words_[i];
        word.advance(doc);
        if (word.doc() != doc) {
            return false;  // only where a list is damaged
        }
        if (i == 0) {
            word.positions(starts_);
        } else {
            word.positions(here_);
            std::erase_if(starts_, [&](std::uint32_t start) {
                return !std::ranges::binary_search(here_, start + i);
            });
        }
        if (starts_.empty()) {
            return false;
        }
    }
    return true;
}

}  // namespace rookery::search
