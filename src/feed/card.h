#pragma once

#include "base/prefetch.h"
#include "social/account.h"
#include "social/post.h"

#include <cstddef>
#include <memory>

namespace rookery::feed {

/// Everything that a page shows of a post, whoever reads it, each fact as it was when the card was
/// asked for or later. Without the post itself: what it says is in the face, so that a card takes
/// little memory and a page few of its lines. Shared by all pages; never changes once it is made.
struct Card {
    /// What a view makes of a card stays with it, so that it need not be looked for and is as true
    /// as the card.
    class Face {
    public:
        Face() = default;
        Face(const Face&) = delete;
        Face& operator=(const Face&) = delete;
        virtual ~Face() = default;
    };

    /// What is boosted.
    struct Boosted {
        social::PostFacts post;
        social::Standing author_standing = social::Standing::kGood;
        social::AccountPtr author;
        social::AccountCounts author_counts;
    };

    std::unique_ptr<const Face> face;        ///< null if nobody makes one
    std::unique_ptr<const Boosted> boosted;  ///< null if the post is no boost, or of what is gone
    social::PostCounts counts;  ///< of the post shown: what is boosted, or the post itself
    /// Of an author who is gone as of one who is suspended: nobody sees it.
    social::Standing author_standing = social::Standing::kGood;
    social::PostFacts post;
    // What pages do not read comes last (fetch_ahead).
    social::AccountPtr author;  ///< null if gone
    social::AccountCounts author_counts;

    /// What is boosted, or the post itself.
    [[nodiscard]] const social::PostFacts& shown() const { return boosted ? boosted->post : post; }

    /// These ask the processor for what a page reads next, for all cards of a page before the first
    /// is looked at, so that they are waited for together: for the card, of which nothing is read
    /// yet; and, when that has come, for its face.
    void fetch_ahead() const {
        const auto* const begin = reinterpret_cast<const char*>(this);
        const auto* const end = reinterpret_cast<const char*>(&author);
        prefetch_lines(begin, static_cast<std::size_t>(end - begin));
    }
    void fetch_face_ahead() const {
        if (face) {
            prefetch_lines(face.get(), 2 * kCacheLineBytes);
        }
    }
};

using CardPtr = std::shared_ptr<const Card>;

/// The posts that a card is made of, whole.
struct CardPosts {
    social::PostPtr post;
    social::PostPtr boosted;  ///< null if the post is no boost, or of what is gone
};

/// Makes the faces of cards. Thread-safe.
class CardView {
public:
    CardView() = default;
    CardView(const CardView&) = delete;
    CardView& operator=(const CardView&) = delete;
    virtual ~CardView() = default;

    /// The face of a card that has everything else.
    [[nodiscard]] virtual std::unique_ptr<const Card::Face>
    face_of(const Card& card, const CardPosts& posts) = 0;
    /// The same where the posts are those that `former` was made of.
    [[nodiscard]] virtual std::unique_ptr<const Card::Face>
    face_like(const Card& card, const Card::Face& former) = 0;
};

}  // namespace rookery::feed
