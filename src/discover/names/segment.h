#pragma once

#include "discover/names/dictionary.h"
#include "discover/names/entry.h"
#include "discover/names/min_tree.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace rookery::discover::names {

class Segment;
using SegmentPtr = std::shared_ptr<const Segment>;

/// Some entries, indexed: never changed once made. An entry's place is its number in the order in
/// which a search without anybody near shows them: by rank, the highest first, then by id. So
/// whatever lists places in order lists the best first.
class Segment {
public:
    using Place = std::uint32_t;
    using Term = std::uint32_t;

    /// Each id once.
    [[nodiscard]] static SegmentPtr of(const std::vector<Entry>& entries);

    /// A segment and which of its places count no more; an empty `dead` means none.
    struct Source {
        SegmentPtr segment;
        std::vector<bool> dead;
    };
    struct Merged {
        SegmentPtr segment;
        /// By source and place: the place in `segment`; of the dead, kNowhere.
        std::vector<std::vector<Place>> places;
    };
    static constexpr Place kNowhere = UINT32_MAX;
    /// No id lives in two of them.
    [[nodiscard]] static Merged merge(const std::vector<Source>& sources);

    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] std::size_t bytes() const;

    [[nodiscard]] std::optional<Place> find(std::uint64_t id) const;
    /// The same for many, in their order, without waiting for memory at each.
    [[nodiscard]] std::vector<std::optional<Place>> find_many(std::span<const std::uint64_t> ids
    ) const;
    [[nodiscard]] std::uint64_t id(Place place) const { return ids_[place]; }
    [[nodiscard]] std::uint8_t rank(Place place) const { return ranks_[place]; }
    [[nodiscard]] bool is_hidden(Place place) const { return hidden_[place]; }

    /// What the entry is found by. Of words that are among its names the bio has none.
    [[nodiscard]] Term handle(Place place) const { return terms_[begin(place)]; }
    [[nodiscard]] std::span<const Term> names(Place place) const {
        return std::span(terms_).subspan(begin(place) + 1, name_counts_[place]);
    }
    [[nodiscard]] std::span<const Term> bio(Place place) const {
        const std::size_t from = begin(place) + 1 + name_counts_[place];
        return std::span(terms_).subspan(from, ends_[place] - from);
    }

    [[nodiscard]] const Dictionary& dictionary() const { return dictionary_; }

    /// Places by term: of handles and names, and of bios. The hidden are listed by their handles.
    struct Postings {
        std::vector<std::uint32_t> ends;  ///< of each term
        MinTree places;

        [[nodiscard]] std::size_t begin_of(Term term) const {
            return term == 0 ? 0 : ends[term - 1];
        }
        [[nodiscard]] std::size_t count(TermSpan span) const {
            return begin_of(span.until) - begin_of(span.from);
        }
        [[nodiscard]] std::size_t bytes() const {
            return ends.capacity() * sizeof(std::uint32_t) + places.bytes();
        }
    };
    [[nodiscard]] const Postings& by_name() const { return by_name_; }
    [[nodiscard]] const Postings& by_bio() const { return by_bio_; }

private:
    friend class SegmentWriter;

    [[nodiscard]] std::size_t begin(Place place) const { return place == 0 ? 0 : ends_[place - 1]; }
    [[nodiscard]] static std::size_t first_slot(std::uint64_t id, std::size_t slots);

    Dictionary dictionary_;
    std::vector<std::uint64_t> ids_;
    std::vector<std::uint8_t> ranks_;
    std::vector<bool> hidden_;
    std::vector<std::uint8_t> name_counts_;
    std::vector<std::uint32_t> ends_;  ///< of each entry's terms
    std::vector<Term> terms_;          ///< of each entry: its handle, its names, its bio
    std::vector<Place> by_id_;         ///< a hash table with linear probing
    Postings by_name_;
    Postings by_bio_;
};

}  // namespace rookery::discover::names
