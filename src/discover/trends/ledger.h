#pragma once

#include "discover/trends/tracker.h"
#include "discover/trends/trend.h"
#include "social/post.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::discover::trends {

/// Do its hashtags count? It is public and no reply to others: an answer mostly repeats the
/// hashtags of what it answers, and a quarrel of two is not talk of the town.
[[nodiscard]] bool tags_count(const social::Post& post);
/// Do its links count? Also not behind a warning.
[[nodiscard]] bool links_count(const social::Post& post);
/// May it trend itself? Public, no reply, nothing behind a warning; whether its author wants that
/// is lets_trend()'s question.
[[nodiscard]] bool may_trend(const social::Post& post);
/// Authors say so by being discoverable.
[[nodiscard]] bool lets_trend(const social::Account& author);

[[nodiscard]] std::uint64_t link_id(std::string_view link);

/// Who used what: hashtags, posts and links, from what people did. Takes additions only, each as
/// often as it may come and in any order; what was withdrawn since is the jury's to notice.
/// Thread-safe.
class Ledger {
public:
    Ledger(const TrendLimits& limits, std::string local_host);

    void advance(UnixMs now_ms);
    void note_post(const social::Post& post);
    /// `original` is what it boosts: a public boost counts for that and for its links.
    void note_boost(const social::Post& boost, const social::Post& original);
    void note_favourite(AccountId actor, std::uint64_t relation, const social::Post& post);

    /// See Tracker.
    [[nodiscard]] std::vector<std::uint64_t> standing_out(Kind kind, UnixMs now_ms) const;
    [[nodiscard]] std::optional<Item> find(Kind kind, std::uint64_t id) const;
    [[nodiscard]] std::size_t size(Kind kind) const;
    [[nodiscard]] std::size_t bytes(Kind kind) const;

private:
    struct Noted {
        Kind kind;
        std::uint64_t id;
        std::string name;
        Use use;
    };

    [[nodiscard]] std::vector<std::string> links_of(const social::Post& post) const;
    void add(const std::vector<Noted>& uses);
    [[nodiscard]] const Tracker& tracker(Kind kind) const;

    const TrendLimits limits_;
    const std::string local_host_;
    mutable std::mutex mutex_;
    std::array<Tracker, kKinds.size()> trackers_;  ///< under mutex_
};

}  // namespace rookery::discover::trends
