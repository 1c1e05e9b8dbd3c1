#include "discover/trends/jury.h"

#include "discover/trends/links.h"
#include "social/tables.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace rookery::discover::trends {

namespace {

namespace tables = social::tables;

const social::Post* find(const std::unordered_map<PostId, social::PostPtr>& posts, PostId id) {
    const auto at = posts.find(id);
    return at == posts.end() ? nullptr : at->second.get();
}

/// The language of most of them.
std::string prevalent_language(const std::unordered_map<PostId, social::PostPtr>& posts) {
    std::map<std::string, int> times;
    for (const auto& [id, post] : posts) {
        if (post && !post->language.empty()) {
            ++times[post->language];
        }
    }
    const auto most =
        std::ranges::max_element(times, {}, [](const auto& entry) { return entry.second; });
    return most == times.end() ? std::string() : most->first;
}

}  // namespace

Task<Result<std::optional<Trend>>> Jury::judge(Kind kind, Item item, UnixMs now_ms, Crowd* crowd) {
    Case of{kind, std::move(item), now_ms, crowd, {}, {}};
    for (const ItemDay& day : of.item.days) {
        if (is_recent(day.day, now_ms)) {
            for (const Use& use : day.accounts.uses()) {
                of.recent.push_back({use, day.accounts.scale()});
            }
        }
    }
    CO_CHECK(co_await read_posts(&of));
    CO_CHECK(co_await drop_withdrawn(&of));
    std::optional<Trend> nothing;
    if (kind == Kind::kPost) {
        CO_TRY(const bool lets, co_await author_lets_trend(&of));
        if (!lets) {
            co_return nothing;
        }
    }
    Trend trend;
    trend.kind = kind;
    trend.id = of.item.id;
    trend.name = of.item.name;
    CO_CHECK(co_await weigh(&of, &trend));
    if (trend.voices < limits_.voices_min || trend.score < limits_.score_min) {
        co_return nothing;
    }
    trend.language = kind == Kind::kPost ? find(of.posts, PostId(of.item.id))->language
                                         : prevalent_language(of.posts);
    CO_TRY(trend.history, co_await history(&of));
    co_return std::optional<Trend>(std::move(trend));
}

Task<Result<void>> Jury::read_posts(Case* of) {
    std::vector<PostId> ids;
    for (const Recent& recent : of->recent) {
        ids.emplace_back(recent.use.source);
    }
    if (of->kind == Kind::kPost) {
        ids.emplace_back(of->item.id);
    }
    CO_TRY(const auto found, co_await posts_.find_many(std::move(ids)));
    std::vector<PostId> originals;
    for (const social::PostPtr& post : found) {
        if (post) {
            of->posts.emplace(post->id, post);
            if (post->is_boost() && of->kind == Kind::kLink) {
                originals.push_back(post->boost_of);
            }
        }
    }
    CO_TRY(const auto boosted, co_await posts_.find_many(std::move(originals)));
    for (const social::PostPtr& post : boosted) {
        if (post) {
            of->posts.emplace(post->id, post);
        }
    }
    co_return Result<void>();
}

bool Jury::still_says(const Case& of, const Use& use) const {
    const social::Post* post = find(of.posts, PostId(use.source));
    if (post == nullptr || post->author != use.account) {
        return false;
    }
    if (of.kind == Kind::kTag) {
        return tags_count(*post) && std::ranges::find(post->tags, of.item.name) != post->tags.end();
    }
    if (post->is_boost()) {
        if (post->visibility != social::Visibility::kPublic) {
            return false;
        }
        post = find(of.posts, post->boost_of);
    }
    if (post == nullptr || !links_count(*post)) {
        return false;
    }
    const auto links = find_links(post->text, environment_.local_host, limits_.links_per_post_max);
    return std::ranges::find(links, of.item.name) != links.end();
}

Task<Result<void>> Jury::drop_withdrawn(Case* of) {
    if (of->kind == Kind::kPost) {
        co_return co_await drop_withdrawn_reactions(of);
    }
    std::erase_if(of->recent, [this, of](const Recent& recent) {
        return !still_says(*of, recent.use);
    });
    co_return Result<void>();
}

Task<Result<void>> Jury::drop_withdrawn_reactions(Case* of) {
    const PostId post(of->item.id);
    std::vector<ports::Key> keys;
    for (const Recent& recent : of->recent) {
        keys.push_back(
            {tables::kFavouritedBy, tables::id_bytes(post), tables::newest_first(recent.use.source)}
        );
    }
    CO_TRY(const auto favourites, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<Recent> left;
    for (std::size_t i = 0; i < favourites.size(); ++i) {
        const Use& use = of->recent[i].use;
        const social::Post* boost = find(of->posts, PostId(use.source));
        const bool boosts = boost != nullptr && boost->boost_of == post &&
                            boost->visibility == social::Visibility::kPublic;
        if (favourites[i] || boosts) {
            left.push_back(of->recent[i]);
        }
    }
    of->recent = std::move(left);
    co_return Result<void>();
}

Task<Result<bool>> Jury::author_lets_trend(const Case* of) {
    const social::Post* post = find(of->posts, PostId(of->item.id));
    if (post == nullptr || !may_trend(*post)) {
        co_return false;
    }
    std::vector<AccountId> author{post->author};
    CO_TRY(const auto accounts, co_await accounts_.find_many(std::move(author)));
    co_return accounts.front() && lets_trend(*accounts.front());
}

Task<Result<void>> Jury::weigh(const Case* of, Trend* trend) {
    Participants participants;
    std::vector<AccountId> ids;
    for (const Recent& recent : of->recent) {
        ids.push_back(recent.use.account);
        const auto [at, is_new] = participants.emplace(recent.use.account, recent.scale);
        at->second = std::min(at->second, recent.scale);
    }
    if (const social::Post* post = find(of->posts, PostId(of->item.id))) {
        participants.emplace(post->author, 1);
    }
    CO_TRY(const auto voices, co_await of->crowd->voices(std::move(ids), &participants));
    CO_TRY(auto uses, co_await weigh_past(of));
    std::unordered_map<AccountId, double> by_account;
    for (std::size_t i = 0; i < voices.size(); ++i) {
        const Recent& recent = of->recent[i];
        const double weight =
            worth(voices[i], recent.use.first_at_ms, limits_.crowd) * recent.scale;
        uses.push_back({recent.use.first_at_ms, weight});
        double& voice = by_account[recent.use.account];
        voice = std::max(voice, weight);
    }
    for (const auto& [account, voice] : by_account) {
        trend->voices += voice;
    }
    trend->score = observe(uses, of->now_ms, limits_.half_life_ms(of->kind)).score();
    co_return Result<void>();
}

Task<Result<std::vector<WeighedUse>>> Jury::weigh_past(const Case* of) {
    std::vector<AccountId> ids;
    std::vector<Recent> past;
    for (const ItemDay& day : of->item.days) {
        if (!is_recent(day.day, of->now_ms)) {
            for (const Use& use : day.accounts.uses()) {
                ids.push_back(use.account);
                past.push_back({use, day.accounts.scale()});
            }
        }
    }
    CO_TRY(const auto voices, co_await of->crowd->past_voices(std::move(ids)));
    std::vector<WeighedUse> uses;
    for (std::size_t i = 0; i < past.size(); ++i) {
        const Use& use = past[i].use;
        const double weight = worth(voices[i], use.first_at_ms, limits_.crowd) * past[i].scale;
        uses.push_back({use.first_at_ms, weight});
    }
    co_return uses;
}

Task<Result<social::TagHistory>> Jury::history(const Case* of) {
    if (of->kind == Kind::kTag) {
        co_return co_await hashtags_.history(of->item.name);
    }
    social::TagHistory history{};
    const Day today = day_of(of->now_ms);
    for (std::size_t i = 0; i < history.size(); ++i) {
        history.at(i).begins_at_ms = (today - static_cast<Day>(i)) * kDayMs;
    }
    for (const ItemDay& day : of->item.days) {
        const Day ago = today - day.day;
        if (ago >= 0 && ago < static_cast<Day>(history.size())) {
            social::TagDay& of_day = history.at(static_cast<std::size_t>(ago));
            of_day.uses = day.uses;
            of_day.accounts = std::llround(day.accounts.accounts());
        }
    }
    co_return history;
}

}  // namespace rookery::discover::trends
