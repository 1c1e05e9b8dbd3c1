#include "social/hashtags.h"

#include "base/codec.h"
#include "base/encoding.h"
#include "social/event.h"
#include "social/row_change.h"
#include "social/tables.h"
#include "social/text/render.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace rookery::social {

namespace {

constexpr UnixMs kDayMs = 86'400'000;
constexpr std::size_t kUsesRead = 5000;

ports::Key key_of(AccountId account, const std::string& tag) {
    return {tables::kFollowedTags, tables::id_bytes(account), tag};
}

void tell(ports::Batch& batch, AccountId account) {
    SocialEvent event;
    event.type = EventType::kTagFollowed;
    event.actor = account;
    batch.emit(encode(event));
}

}  // namespace

Result<std::string> parse_tag(std::string_view text) {
    if (text.starts_with('#')) {
        text.remove_prefix(1);
    }
    auto tags = text::find_tags("#" + std::string(text));
    // One tag and nothing else: what follows a tag's last character would be left over.
    if (tags.size() != 1 || text.size() > 255 ||
        text::find_tags("#" + std::string(text) + "a") == tags) {
        return fail(ErrorCode::kInvalid, "Validation failed: Tag name is not a hashtag");
    }
    return std::move(tags.front());
}

std::uint64_t tag_id(std::string_view tag) {
    const std::string hash = sha256(tag);
    return ByteReader(hash).fixed64() >> 2;
}

Task<Result<TagHistory>> Hashtags::history(std::string tag) const {
    TagHistory days{};
    const UnixMs today = environment_.clock.now_ms() / kDayMs * kDayMs;
    for (std::size_t i = 0; i < days.size(); ++i) {
        days.at(i).begins_at_ms = today - static_cast<UnixMs>(i) * kDayMs;
    }
    ports::Range range{tables::kTagPosts, std::move(tag), "", "", false, kUsesRead};
    range.until = tables::newest_first(first_id_at(days.back().begins_at_ms));
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::array<std::unordered_set<std::uint64_t>, kTagDays> authors;
    for (const ports::Row& row : rows) {
        const UnixMs at = id_time_ms(tables::parse_newest_first(row.sort));
        const auto index =
            static_cast<std::size_t>(std::max<UnixMs>(0, today + kDayMs - 1 - at) / kDayMs);
        if (index < days.size()) {
            ++days.at(index).uses;
            authors.at(index).insert(tables::parse_id_bytes(row.value));
        }
    }
    for (std::size_t i = 0; i < days.size(); ++i) {
        days.at(i).accounts = static_cast<std::int64_t>(authors.at(i).size());
    }
    co_return days;
}

Task<Result<void>> Hashtags::follow(AccountId account, std::string tag) const {
    CO_TRY(const auto present, co_await followed(account));
    const bool already =
        std::ranges::any_of(present, [&tag](const FollowedTag& other) { return other.tag == tag; });
    if (!already && present.size() >= kFollowedMax) {
        co_return fail(ErrorCode::kInvalid, "Validation failed: you follow 1000 hashtags already");
    }
    const std::string id = tables::id_bytes(environment_.ids.next());
    const ports::Key key = key_of(account, tag);
    std::vector<WatchedRow> watched{WatchedRow{.key = key}};
    auto changed = co_await change_rows(
        &environment_.store,
        std::move(watched),
        [&](const FoundRows& found, ports::Batch& batch) -> Result<void> {
            if (!found[0]) {
                batch.put(key, id);
                tell(batch, account);
            }
            return {};
        }
    );
    co_return changed;
}

Task<Result<void>> Hashtags::unfollow(AccountId account, std::string tag) const {
    const ports::Key key = key_of(account, tag);
    std::vector<WatchedRow> watched{WatchedRow{.key = key}};
    auto changed = co_await change_rows(
        &environment_.store,
        std::move(watched),
        [&](const FoundRows& found, ports::Batch& batch) -> Result<void> {
            if (found[0]) {
                batch.erase(key);
                tell(batch, account);
            }
            return {};
        }
    );
    co_return changed;
}

Task<Result<bool>> Hashtags::is_followed(AccountId account, std::string tag) const {
    CO_TRY(const auto row, co_await environment_.store.get(key_of(account, tag)));
    co_return row.has_value();
}

Task<Result<std::vector<FollowedTag>>> Hashtags::followed(AccountId account) const {
    ports::Range range{
        tables::kFollowedTags, tables::id_bytes(account), "", "", false, kFollowedMax + 1
    };
    CO_TRY(auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<FollowedTag> tags;
    tags.reserve(rows.size());
    for (ports::Row& row : rows) {
        tags.push_back({RelationId(tables::parse_id_bytes(row.value)), std::move(row.sort)});
    }
    std::ranges::sort(tags, std::ranges::greater{}, &FollowedTag::id);
    co_return tags;
}

}  // namespace rookery::social
