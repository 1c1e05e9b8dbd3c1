#pragma once

#include "search/segment_merge.h"

#include <cstddef>
#include <cstdint>
#include <queue>
#include <string_view>
#include <vector>

namespace rookery::search {

/// The terms of several segments in ascending order, each once.
class TermWalk {
public:
    /// Where the present term is: in which source, and the number it has there.
    struct Place {
        std::size_t source;
        std::uint32_t term;
    };

    /// `sources` must outlive it. It begins before the first term.
    explicit TermWalk(const std::vector<MergeSource>& sources);

    /// False at the end.
    [[nodiscard]] bool next();
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] const std::vector<Place>& places() const { return places_; }

private:
    struct Ahead {
        std::string_view text;
        Place place;

        bool operator<(const Ahead& other) const {
            return text != other.text ? text > other.text : place.source > other.place.source;
        }
    };

    /// The first term of the place's source from there on that is not `text_`. A segment has a term
    /// twice only where it is damaged: the first counts.
    void push(Place place);

    const std::vector<MergeSource>& sources_;
    std::priority_queue<Ahead> ahead_;
    std::string_view text_;
    std::vector<Place> places_;
};

}  // namespace rookery::search
