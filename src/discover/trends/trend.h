#pragma once

#include "base/result.h"
#include "discover/trends/crowd.h"
#include "social/hashtags.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rookery::discover::trends {

/// What can trend. Numbers are part of the stored format: append, never renumber.
enum class Kind : std::uint8_t { kTag = 1, kPost = 2, kLink = 3 };
inline constexpr std::array kKinds{Kind::kTag, Kind::kPost, Kind::kLink};

/// What a moderator said of it. Numbers are part of the stored format.
enum class Review : std::uint8_t { kNone = 0, kApproved = 1, kRejected = 2 };

struct Trend {
    Kind kind = Kind::kTag;
    /// Of a post its own; of a tag and of a link social::name_id() of it.
    std::uint64_t id = 0;
    std::string name;      ///< the tag or the normalized link; of a post nothing
    double score = 0;      ///< Burst::score()
    double voices = 0;     ///< the worth of all who took part today and yesterday
    std::string language;  ///< most of its posts' (ISO 639-1), or empty
    Review review = Review::kNone;
    social::TagHistory history{};  ///< of tags and links
};

struct TrendLimits {
    bool enabled = true;
    /// Only what a moderator approved is shown.
    bool review = false;
    std::int64_t tag_half_life_ms = std::int64_t{4} * 3600 * 1000;
    std::int64_t post_half_life_ms = std::int64_t{4} * 3600 * 1000;
    std::int64_t link_half_life_ms = std::int64_t{8} * 3600 * 1000;
    double voices_min = 5;
    double score_min = 1;
    CrowdLimits crowd;
    std::size_t items_max = 10'000;
    std::size_t sample_accounts_max = 64;
    std::size_t candidates_max = 100;
    std::size_t listed_max = 60;
    std::size_t posts_per_author_max = 2;
    std::size_t tags_per_post_max = 10;
    std::size_t links_per_post_max = 2;
    std::size_t fill_posts_max = 100'000;
    std::size_t fill_reactions_max = 1'000;
    std::size_t fill_accounts_max = 1'000'000;
    std::chrono::milliseconds refresh_interval{60'000};

    [[nodiscard]] double half_life_ms(Kind kind) const {
        switch (kind) {
            case Kind::kTag:
                return static_cast<double>(tag_half_life_ms);
            case Kind::kPost:
                return static_cast<double>(post_half_life_ms);
            case Kind::kLink:
                return static_cast<double>(link_half_life_ms);
        }
        return 1;
    }
    /// May it be shown to everybody?
    [[nodiscard]] bool lets_show(Review said) const {
        return said == Review::kApproved || (said == Review::kNone && !review);
    }
};

}  // namespace rookery::discover::trends
