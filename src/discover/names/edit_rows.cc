#include "discover/names/edit_rows.h"

#include "discover/names/letters.h"

namespace rookery::discover::names {

EditRows::EditRows(std::u32string_view typed, std::size_t errors_max)
    : typed_(typed),
      errors_max_(static_cast<std::uint8_t>(errors_max)),
      too_many_(static_cast<std::uint8_t>(errors_max + 1)) {
    Row& first = rows_[0];
    for (std::size_t column = 0; column <= typed_.size(); ++column) {
        first.cells[column] = static_cast<std::uint8_t>(std::min<std::size_t>(column, too_many_));
    }
    first.as_prefix = too_many_;
    first.as_word = first.cells[typed_.size()];
}

std::uint8_t EditRows::swapped(char32_t letter, std::size_t column) const {
    // depth_ is that of the row above the one that is made.
    if (depth_ < 1 || column < 2 || letter != typed_[column - 2] ||
        rows_[depth_].letter != typed_[column - 1]) {
        return too_many_;
    }
    return static_cast<std::uint8_t>(rows_[depth_ - 1].cells[column - 2] + 1);
}

void EditRows::push(char32_t letter) {
    const Row& above = rows_[depth_];
    Row& row = rows_[depth_ + 1];
    const std::size_t at = depth_ + 1;
    const std::size_t last = typed_.size();
    const std::size_t from = at > errors_max_ ? at - errors_max_ : 0;
    const std::size_t until = std::min(last, at + errors_max_);
    row.letter = letter;
    row.lowest = too_many_;
    row.as_prefix = too_many_;
    row.as_word = too_many_;
    std::uint8_t before = too_many_;
    for (std::size_t column = from; column <= until; ++column) {
        std::uint8_t cell = too_many_;
        if (column == 0) {
            cell = static_cast<std::uint8_t>(std::min<std::size_t>(at, too_many_));
        } else {
            const std::uint8_t swap = swapped(letter, column);
            const bool is_same = letter == typed_[column - 1];
            const std::uint8_t diagonal = above.cells[column - 1];
            const std::uint8_t ends_here = std::min(is_same ? diagonal : too_many_, swap);
            const bool is_above = column < at + errors_max_;  // else outside of that row
            const std::uint8_t other = std::min<std::uint8_t>(
                std::min<std::uint8_t>(diagonal, before), is_above ? above.cells[column] : too_many_
            );
            cell = std::min<std::uint8_t>(ends_here, static_cast<std::uint8_t>(other + 1));
            cell = std::min(cell, too_many_);
            if (column == last) {
                row.as_prefix = std::min(ends_here, too_many_);
                row.as_word = cell;
            }
        }
        row.cells[column] = cell;
        row.lowest = std::min(row.lowest, cell);
        before = cell;
    }
    depth_ = at;
}

Similarity compare(std::u32string_view typed, std::string_view term, std::size_t errors_max) {
    EditRows rows(typed, errors_max);
    for (std::size_t at = 0; at < term.size();) {
        rows.push(next_letter(term, at));
        if (rows.matches_as_prefix()) {
            return {true, at == term.size() && rows.matches_as_word()};
        }
        if (!rows.can_go_on()) {
            return {};
        }
    }
    return {false, rows.matches_as_word()};
}

}  // namespace rookery::discover::names
