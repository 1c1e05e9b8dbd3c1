#include "search/term_walk.h"

namespace rookery::search {

TermWalk::TermWalk(const std::vector<MergeSource>& sources) : sources_(sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (const Segment& segment = *sources[i].segment; segment.term_count() > 0) {
            ahead_.push({segment.term(0).text, {i, 0}});
        }
    }
}

void TermWalk::push(Place place) {
    const Segment& segment = *sources_[place.source].segment;
    for (; place.term < segment.term_count(); ++place.term) {
        if (const std::string_view text = segment.term(place.term).text; text != text_) {
            ahead_.push({text, place});
            return;
        }
    }
}

bool TermWalk::next() {
    places_.clear();
    if (ahead_.empty()) {
        return false;
    }
    text_ = ahead_.top().text;
    while (!ahead_.empty() && ahead_.top().text == text_) {
        const Place place = ahead_.top().place;
        ahead_.pop();
        places_.push_back(place);
        push({place.source, place.term + 1});
    }
    return true;
}

}  // namespace rookery::search
