#include "discover/trends/ledger.h"

#include "base/codec.h"
#include "base/encoding.h"
#include "discover/trends/links.h"

#include <algorithm>
#include <utility>

namespace rookery::discover::trends {

namespace {

std::size_t index_of(Kind kind) {
    return static_cast<std::size_t>(kind) - 1;
}

TrackerLimits limits_of(const TrendLimits& limits, Kind kind) {
    return {limits.items_max, limits.sample_accounts_max, limits.half_life_ms(kind)};
}

Use use_of(AccountId account, std::uint64_t source) {
    return {account, source, id_time_ms(source)};
}

}  // namespace

bool tags_count(const social::Post& post) {
    return post.visibility == social::Visibility::kPublic && !post.is_boost() &&
           !post.is_reply_to_other();
}

bool links_count(const social::Post& post) {
    return tags_count(post) && !post.sensitive && post.spoiler_text.empty();
}

bool may_trend(const social::Post& post) {
    return links_count(post) && !post.is_reply();
}

bool lets_trend(const social::Account& author) {
    return author.discoverable && !author.suspended;
}

std::uint64_t link_id(std::string_view link) {
    const std::string hash = sha256(link);
    return ByteReader(hash).fixed64() >> 2;
}

Ledger::Ledger(const TrendLimits& limits, std::string local_host)
    : limits_(limits),
      local_host_(std::move(local_host)),
      trackers_{
          Tracker(limits_of(limits, Kind::kTag)),
          Tracker(limits_of(limits, Kind::kPost)),
          Tracker(limits_of(limits, Kind::kLink))
      } {}

const Tracker& Ledger::tracker(Kind kind) const {
    return trackers_.at(index_of(kind));
}

void Ledger::advance(UnixMs now_ms) {
    const std::scoped_lock lock(mutex_);
    for (Tracker& tracker : trackers_) {
        tracker.advance(now_ms);
    }
}

void Ledger::add(const std::vector<Noted>& uses) {
    if (uses.empty()) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    for (const Noted& noted : uses) {
        trackers_.at(index_of(noted.kind)).add(noted.id, noted.name, noted.use);
    }
}

std::vector<std::string> Ledger::links_of(const social::Post& post) const {
    if (!links_count(post)) {
        return {};
    }
    return find_links(post.text, local_host_, limits_.links_per_post_max);
}

void Ledger::note_post(const social::Post& post) {
    if (!tags_count(post)) {
        return;
    }
    std::vector<Noted> uses;
    const Use use = use_of(post.author, post.id.value);
    const std::size_t tags = std::min(post.tags.size(), limits_.tags_per_post_max);
    for (std::size_t i = 0; i < tags; ++i) {
        uses.push_back({Kind::kTag, social::tag_id(post.tags[i]), post.tags[i], use});
    }
    for (std::string& link : links_of(post)) {
        const std::uint64_t id = link_id(link);
        uses.push_back({Kind::kLink, id, std::move(link), use});
    }
    add(uses);
}

void Ledger::note_boost(const social::Post& boost, const social::Post& original) {
    if (boost.visibility != social::Visibility::kPublic) {
        return;
    }
    std::vector<Noted> uses;
    const Use use = use_of(boost.author, boost.id.value);
    if (may_trend(original) && boost.author != original.author) {
        uses.push_back({Kind::kPost, original.id.value, {}, use});
    }
    for (std::string& link : links_of(original)) {
        const std::uint64_t id = link_id(link);
        uses.push_back({Kind::kLink, id, std::move(link), use});
    }
    add(uses);
}

void Ledger::note_favourite(AccountId actor, std::uint64_t relation, const social::Post& post) {
    if (may_trend(post) && actor != post.author) {
        add({{Kind::kPost, post.id.value, {}, use_of(actor, relation)}});
    }
}

std::vector<std::uint64_t> Ledger::standing_out(Kind kind, UnixMs now_ms) const {
    const std::scoped_lock lock(mutex_);
    return tracker(kind).standing_out(now_ms, limits_.voices_min, limits_.candidates_max);
}

std::optional<Item> Ledger::find(Kind kind, std::uint64_t id) const {
    const std::scoped_lock lock(mutex_);
    const Item* item = tracker(kind).find(id);
    return item == nullptr ? std::nullopt : std::optional<Item>(*item);
}

std::size_t Ledger::size(Kind kind) const {
    const std::scoped_lock lock(mutex_);
    return tracker(kind).size();
}

std::size_t Ledger::bytes(Kind kind) const {
    const std::scoped_lock lock(mutex_);
    return tracker(kind).bytes();
}

}  // namespace rookery::discover::trends
