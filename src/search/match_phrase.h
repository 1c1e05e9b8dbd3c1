#pragma once

#include "search/segment.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rookery::search {

/// Do words stand side by side in documents that have all of them? Where they stand takes longest
/// to find out, so this is asked last, of what is left.
class PhraseCheck {
public:
    /// Nothing if a word is in no document of the segment, which must outlive it.
    [[nodiscard]] static std::optional<PhraseCheck>
    make(const std::vector<std::string>& words, const Segment& segment);

    /// Moves those of `docs` that have the phrase to the front, in their order, and says how many;
    /// what comes behind them does not count any more. They ascend, and come behind those of the
    /// last time.
    std::size_t keep(std::span<DocNumber> docs);

private:
    [[nodiscard]] bool stand_in_a_row(DocNumber doc);

    std::vector<PostingCursor> words_;
    bool is_started_ = false;
    std::vector<std::uint32_t> starts_;
    std::vector<std::uint32_t> here_;
};

}  // namespace rookery::search
