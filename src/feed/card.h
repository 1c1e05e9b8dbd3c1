#pragma once

#include "social/account.h"
#include "social/post.h"

#include <atomic>
#include <memory>

namespace rookery::feed {

/// Everything that a page shows of a post, whoever reads it, each fact as it was when the card was
/// asked for or later. Shared by all pages; its facts never change once it is made.
struct Card {
    Card() = default;
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;
    ~Card() { delete face_.load(std::memory_order_relaxed); }

    /// What a view makes of these facts stays with them, so that it need not be looked for and is
    /// as true as they are. One kind of view a process.
    class Face {
    public:
        virtual ~Face() = default;
    };
    /// Null until somebody has set it.
    [[nodiscard]] const Face* face() const { return face_.load(std::memory_order_acquire); }
    /// Keeps the first that is set, which is returned. Thread-safe.
    const Face& set_face(std::unique_ptr<const Face> face) const {
        const Face* first = nullptr;
        if (face_.compare_exchange_strong(first, face.get(), std::memory_order_acq_rel)) {
            return *face.release();
        }
        return *first;
    }

    /// Asks the processor for what a page reads of it next: privacy's part of the post and of its
    /// author, and the face. For all cards of a page before the first is looked at, so that they
    /// are waited for together.
    void fetch_ahead() const {
        __builtin_prefetch(face_.load(std::memory_order_relaxed));
        __builtin_prefetch(post.get());
        __builtin_prefetch(&post->visibility);
        __builtin_prefetch(&post->mentions);
        __builtin_prefetch(&post->edited_at_ms);
        if (author) {
            __builtin_prefetch(author.get());
            __builtin_prefetch(&author->suspended);
        }
    }

private:
    mutable std::atomic<const Face*> face_{nullptr};  // in the first line of memory, as is the post

public:
    social::PostPtr post;
    social::AccountPtr author;          ///< null if gone
    social::PostPtr boosted;            ///< null if the post is no boost, or of what is gone
    social::AccountPtr boosted_author;  ///< null if the post is no boost
    social::PostCounts counts;          ///< of the post shown: what is boosted, or the post itself
    social::AccountCounts author_counts;
    social::AccountCounts boosted_author_counts;
};

using CardPtr = std::shared_ptr<const Card>;

}  // namespace rookery::feed
