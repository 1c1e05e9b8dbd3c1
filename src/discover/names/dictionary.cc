#include "discover/names/dictionary.h"

#include "discover/names/edit_rows.h"
#include "discover/names/letters.h"

#include <algorithm>
#include <array>

namespace rookery::discover::names {

namespace {

/// The first place in [from, until) where `holds` is not true any more.
template <class Holds>
std::size_t partition_place(std::size_t from, std::size_t until, Holds holds) {
    while (from < until) {
        const std::size_t middle = from + (until - from) / 2;
        if (holds(middle)) {
            from = middle + 1;
        } else {
            until = middle;
        }
    }
    return from;
}

void append(std::vector<TermSpan>& spans, std::size_t from, std::size_t until) {
    if (!spans.empty() && spans.back().until == from) {
        spans.back().until = static_cast<std::uint32_t>(until);
    } else {
        spans.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(until)});
    }
}

std::size_t common_bytes(std::string_view a, std::string_view b) {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

/// What EditRows was given of a term, letter by letter.
class Path {
public:
    Path(std::u32string_view typed, std::size_t errors_max) : rows_(typed, errors_max) {}

    EditRows& rows() { return rows_; }

    /// Goes back to where `term` parts from the last one.
    void begin(std::string_view term) {
        const std::size_t common = common_bytes(term_, term);
        std::size_t depth = rows_.depth();
        while (depth > 0 && ends_[depth] > common) {
            --depth;
        }
        rows_.go_back_to(depth);
        term_ = term;
    }
    [[nodiscard]] bool is_at_end() const { return bytes() == term_.size(); }
    [[nodiscard]] std::size_t bytes() const { return ends_[rows_.depth()]; }
    void step() {
        std::size_t at = bytes();
        rows_.push(next_letter(term_, at));
        ends_[rows_.depth()] = at;
    }

private:
    EditRows rows_;
    std::string_view term_;
    std::array<std::size_t, EditRows::kLettersMax + EditRows::kErrorsMax + 2> ends_{};
};

}  // namespace

void Dictionary::add(std::string_view term) {
    text_ += term;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void Dictionary::shrink() {
    text_.shrink_to_fit();
    ends_.shrink_to_fit();
}

TermSpan Dictionary::starting_with(std::string_view prefix) const {
    const std::size_t from =
        partition_place(0, size(), [&](std::size_t term) { return at(term) < prefix; });
    const std::size_t until =
        from < size() && at(from).starts_with(prefix) ? end_of_kin(from, prefix.size()) : from;
    return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(until)};
}

std::size_t Dictionary::end_of_kin(std::size_t term, std::size_t bytes) const {
    const std::string_view prefix = at(term).substr(0, bytes);
    const auto is_kin = [&](std::size_t other) { return at(other).starts_with(prefix); };
    std::size_t stride = 1;
    std::size_t last = term;
    while (last + stride < size() && is_kin(last + stride)) {
        last += stride;
        stride *= 2;
    }
    return partition_place(last + 1, std::min(size(), last + stride), is_kin);
}

std::vector<TermSpan> Dictionary::similar_to(std::u32string_view typed, std::size_t errors_max)
    const {
    std::vector<TermSpan> spans;
    Path path(typed, errors_max);
    for (std::size_t term = 0; term < size();) {
        path.begin(at(term));
        while (!path.is_at_end() && path.rows().can_go_on() && !path.rows().matches_as_prefix()) {
            path.step();
        }
        if (path.rows().matches_as_prefix()) {
            const std::size_t end = end_of_kin(term, path.bytes());
            append(spans, term, end);
            term = end;
        } else if (!path.rows().can_go_on()) {
            term = end_of_kin(term, path.bytes());
        } else {
            if (path.rows().matches_as_word()) {
                append(spans, term, term + 1);
            }
            ++term;
        }
    }
    return spans;
}

}  // namespace rookery::discover::names
