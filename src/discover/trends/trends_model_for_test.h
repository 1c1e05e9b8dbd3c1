#pragma once

#include "discover/trends/trends_town_for_test.h"
#include "social/tables.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rookery::discover::trends {

using social::PostPtr;
using social::Visibility;

/// A thing: its kind, and its name or, of a post, its number.
using Thing = std::pair<Kind, std::string>;

struct Deed {
    Thing thing;
    std::uint64_t account = 0;
    std::uint64_t source = 0;

    auto operator<=>(const Deed&) const = default;
};

/// Keeps everything that was ever done in a town and computes each list from that, by the words of
/// the README. Knows the tags #tag0 to #tag2 and the links https://example.org/0 and /1.
class NaiveTrends {
public:
    struct Listed {
        std::string name;
        double score = 0;
    };
    enum class Knows : std::uint8_t { kEverything, kWhatIsStored };

    explicit NaiveTrends(Town& town) : town_(town) {}

    void follow(AccountId actor, AccountId target) { followers_[target.value].insert(actor.value); }
    void unfollow(AccountId actor, AccountId target) {
        followers_[target.value].erase(actor.value);
    }
    /// What happened since the town heard of it the last time is noted.
    void hear() {
        for (const ports::StoredEvent& stored :
             must(kit::run(town_.store_.read_events(town_.handled_, 1'000)))) {
            const auto event = *social::decode(stored);
            if (event.type == social::EventType::kFavourited) {
                if (const PostPtr post = find(event.post.value)) {
                    noted_.merge(deeds_of(event.actor, event.ref, *post, true));
                }
                favourites_.insert({event.ref, {event.actor, event.post}});
            } else if (event.type == social::EventType::kPostCreated ||
                       event.type == social::EventType::kPostEdited) {
                noted_.merge(said_by(event.post.value));
                posts_and_boosts_.insert(event.post.value);
            }
        }
    }
    std::vector<Listed> list(Kind kind, Knows knows) {
        std::map<Thing, std::map<std::pair<Day, std::uint64_t>, Counted>> things;
        for (const Deed& deed : knows == Knows::kEverything ? noted_ : stored()) {
            const UnixMs at_ms = id_time_ms(deed.source);
            if (deed.thing.first == kind && day_of(at_ms) > day_of(town_.clock_.now_ms()) - 7) {
                Counted& counted = things[deed.thing][{day_of(at_ms), deed.account}];
                counted.account = deed.account;
                counted.first_ms = std::min(counted.first_ms, at_ms);
                counted.newest = std::max(counted.newest, deed.source);
            }
        }
        std::vector<Listed> listed;
        for (const auto& [thing, uses] : things) {
            if (const auto score = score_of(thing, uses)) {
                listed.push_back({thing.second, *score});
            }
        }
        std::ranges::sort(listed, std::greater{}, &Listed::score);
        return listed;
    }

private:
    struct Counted {
        std::uint64_t account = 0;
        UnixMs first_ms = std::numeric_limits<UnixMs>::max();
        std::uint64_t newest = 0;
    };

    [[nodiscard]] PostPtr find(std::uint64_t id) {
        const auto found = kit::run(town_.posts_.find(PostId(id)));
        return found ? *found : nullptr;
    }
    static bool is_said_to_all(const social::Post& post) {
        return post.visibility == Visibility::kPublic &&
               (!post.in_reply_to_account || post.in_reply_to_account == post.author);
    }
    static bool is_plain(const social::Post& post) {
        return is_said_to_all(post) && post.spoiler_text.empty() && !post.sensitive;
    }
    /// What a post, boost or favourite by somebody uses.
    std::set<Deed>
    deeds_of(AccountId actor, std::uint64_t source, const social::Post& on, bool reacts) {
        std::set<Deed> deeds;
        if (reacts && is_plain(on) && !on.in_reply_to_account && actor != on.author) {
            deeds.insert({{Kind::kPost, std::to_string(on.id.value)}, actor.value, source});
        }
        for (int i = 0; i < 3; ++i) {
            const std::string tag = "tag" + std::to_string(i);
            if (!reacts && is_said_to_all(on) && on.text.find("#" + tag) != std::string::npos) {
                deeds.insert({{Kind::kTag, tag}, actor.value, source});
            }
        }
        return deeds;
    }
    std::set<Deed> links_in(AccountId actor, std::uint64_t source, const social::Post& on) {
        std::set<Deed> deeds;
        for (int i = 0; i < 2; ++i) {
            const std::string link = "https://example.org/" + std::to_string(i);
            if (is_plain(on) && on.text.find(link) != std::string::npos) {
                deeds.insert({{Kind::kLink, link}, actor.value, source});
            }
        }
        return deeds;
    }
    /// What the post or boost of this number says now.
    std::set<Deed> said_by(std::uint64_t id) {
        const PostPtr post = find(id);
        if (!post) {
            return {};
        }
        const PostPtr original = post->is_boost() ? find(post->boost_of.value) : post;
        if (!original || (post->is_boost() && post->visibility != Visibility::kPublic)) {
            return {};
        }
        std::set<Deed> deeds = deeds_of(post->author, id, *original, post->is_boost());
        deeds.merge(links_in(post->author, id, *original));
        return deeds;
    }
    bool is_favourite(PostId post, std::uint64_t relation) {
        namespace tables = social::tables;
        const ports::Key key{
            tables::kFavouritedBy, tables::id_bytes(post), tables::newest_first(relation)
        };
        return must(kit::run(town_.store_.get(key))).has_value();
    }

    bool still_says(const Deed& deed) {
        const auto favourite = favourites_.find(deed.source);
        if (favourite != favourites_.end()) {
            return is_favourite(favourite->second.second, deed.source);
        }
        if (deed.thing.first == Kind::kPost) {
            const PostPtr boost = find(deed.source);
            return boost && boost->visibility == Visibility::kPublic;
        }
        return said_by(deed.source).contains(deed);
    }
    /// What is there to be read.
    std::set<Deed> stored() {
        std::set<Deed> deeds;
        for (const std::uint64_t id : posts_and_boosts_) {
            deeds.merge(said_by(id));
        }
        for (const auto& [relation, by] : favourites_) {
            const PostPtr post = find(by.second.value);
            if (post && is_favourite(post->id, relation)) {
                deeds.merge(deeds_of(by.first, relation, *post, true));
            }
        }
        return deeds;
    }

    double worth_of(std::uint64_t account, UnixMs at_ms, const std::set<std::uint64_t>& crowd) {
        const auto found = must(kit::run(town_.accounts_.find(AccountId(account))));
        double heard = 0;
        for (const std::uint64_t follower : followers_[account]) {
            heard += crowd.contains(follower) ? 0 : 1;
        }
        const auto age = static_cast<double>(at_ms - found->created_at_ms);
        const double by_age =
            std::min(1.0, age / static_cast<double>(town_.limits_.crowd.account_age_full_ms));
        return found->suspended ? 0 : by_age * heard / (heard + town_.limits_.crowd.followers_half);
    }

    std::optional<double>
    score_of(const Thing& thing, const std::map<std::pair<Day, std::uint64_t>, Counted>& uses) {
        std::set<std::uint64_t> crowd;
        if (thing.first == Kind::kPost) {
            const PostPtr post = find(std::stoull(thing.second));
            if (!post || !is_plain(*post) || post->in_reply_to_account) {
                return std::nullopt;
            }
            const auto author = must(kit::run(town_.accounts_.find(post->author)));
            if (!author->discoverable || author->suspended) {
                return std::nullopt;
            }
            crowd.insert(post->author.value);
        }
        std::vector<Counted> recent;
        std::vector<Counted> past;
        for (const auto& [key, counted] : uses) {
            if (key.first < day_of(town_.clock_.now_ms()) - 1) {
                past.push_back(counted);
            } else if (still_says({thing, counted.account, counted.newest})) {
                recent.push_back(counted);
                crowd.insert(counted.account);
            }
        }
        std::vector<std::pair<UnixMs, double>> weighed;
        std::map<std::uint64_t, double> voices;
        for (const Counted& use : recent) {
            weighed.emplace_back(use.first_ms, worth_of(use.account, use.first_ms, crowd));
            voices[use.account] = std::max(voices[use.account], weighed.back().second);
        }
        for (const Counted& use : past) {
            weighed.emplace_back(use.first_ms, worth_of(use.account, use.first_ms, {}));
        }
        double voice = 0;
        for (const auto& [account, weight] : voices) {
            voice += weight;
        }
        const auto sum_at = [&](UnixMs at_ms) {
            double sum = 0;
            for (const auto& [used_ms, weight] : weighed) {
                const auto age = static_cast<double>(at_ms - used_ms);
                sum += age < 0
                           ? 0
                           : weight * std::pow(0.5, age / town_.limits_.half_life_ms(thing.first));
            }
            return sum;
        };
        double expected = 0;
        for (int days = 1; days <= 5; ++days) {
            expected += sum_at(town_.clock_.now_ms() - days * kDayMs) / 5;
        }
        const double score = (sum_at(town_.clock_.now_ms()) - expected) / std::sqrt(expected + 1);
        return voice >= town_.limits_.voices_min && score >= town_.limits_.score_min
                   ? std::optional(score)
                   : std::nullopt;
    }

    Town& town_;
    std::map<std::uint64_t, std::set<std::uint64_t>> followers_;
    std::set<Deed> noted_;
    std::set<std::uint64_t> posts_and_boosts_;
    std::map<std::uint64_t, std::pair<AccountId, PostId>> favourites_;
};

}  // namespace rookery::discover::trends
