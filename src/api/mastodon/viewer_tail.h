#pragma once

#include "social/reactions.h"
#include "social/viewers.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::api::mastodon {

/// What one viewer did to one post, as bits: the number of one of the 64 endings of a status
/// entity. Nobody's tail (signed out) is empty.
class ViewerTail {
public:
    enum Bit : std::uint8_t {
        kFavourited = 1,
        kReblogged = 2,
        kMuted = 4,
        kBookmarked = 8,
        kOwn = 16,  ///< only the author is told whether the post is pinned
        kPinned = 32,
    };
    static constexpr std::uint8_t kNobody = 64;

    constexpr ViewerTail() = default;
    constexpr explicit ViewerTail(std::uint8_t bits) : bits_(bits) {}

    /// `thread` and `author` are those of the post that the marks are on.
    [[nodiscard]] static ViewerTail
    of(const social::Viewer& viewer, const social::Marks& marks, PostId thread, AccountId author);

    [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
    /// The tail of the boost around a post: a boost itself is never pinned.
    [[nodiscard]] constexpr ViewerTail of_boost() const {
        return bits_ == kNobody ? *this : ViewerTail(bits_ & 0x0FU);
    }

private:
    std::uint8_t bits_ = kNobody;
};

/// The text of every tail: `,"favourited":false,…` without the closing brace.
class ViewerTails {
public:
    ViewerTails();
    [[nodiscard]] std::string_view text(ViewerTail tail) const { return texts_[tail.bits()]; }

private:
    std::array<std::string, ViewerTail::kNobody + 1> texts_;
};

}  // namespace rookery::api::mastodon
