#include "app/demo_network.h"

#include "app/demo_grammar.h"
#include "app/demo_people.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

namespace rookery::app::demo {

namespace {

using social::Visibility;

constexpr UnixMs kMinuteMs = 60'000;
constexpr UnixMs kHourMs = 60 * kMinuteMs;
constexpr UnixMs kDayMs = 24 * kHourMs;
constexpr UnixMs kPastMs = 28 * kDayMs;    ///< the first people come so long ago
constexpr UnixMs kActiveMs = 21 * kDayMs;  ///< and everybody is here and talks since then
constexpr std::size_t kGuestFollows = 40;
constexpr std::size_t kGuestFollowers = 24;

/// Draws indexes with given weights.
class Lottery {
public:
    explicit Lottery(const std::vector<double>& weights) {
        double sum = 0;
        for (const double weight : weights) {
            sum += weight;
            sums_.push_back(sum);
        }
    }
    [[nodiscard]] std::size_t draw(Random& random) const {
        const double ticket = random.unit() * sums_.back();
        const auto winner = std::ranges::upper_bound(sums_, ticket);
        return std::min<std::size_t>(
            static_cast<std::size_t>(winner - sums_.begin()), sums_.size() - 1
        );
    }

private:
    std::vector<double> sums_;
};

double exponential(Random& random, double mean) {
    return -mean * std::log(1.0 - random.unit());
}

bool share_topic(const Person& a, const Person& b) {
    return std::ranges::any_of(a.topics, [&](const std::string& topic) {
        return std::ranges::find(b.topics, topic) != b.topics.end();
    });
}

/// Builds a Network step by step: people, follows, threads, reactions.
class Society {
public:
    Society(std::uint64_t seed, UnixMs now_ms, NetworkSize size)
        : random_(seed), now_ms_(now_ms), size_(size), grammar_(demo_texts()) {
        network_.people = make_people(size.people, now_ms - kPastMs, grammar_, random_);
        followers_.resize(network_.people.size());
    }

    Network build() && {
        make_follows();
        make_threads();
        make_reactions();
        network_.posts = post_deeds_.size();
        std::ranges::sort(network_.deeds, {}, [](const Deed& deed) {
            return std::tuple(deed.at_ms, deed.kind, deed.person, deed.other, deed.post);
        });
        return std::move(network_);
    }

private:
    [[nodiscard]] bool is_celebrity(std::size_t person) const {
        return person > Network::kGuest && person <= Network::kCelebrities;
    }

    void follow(std::size_t person, std::size_t other) {
        if (person == other || !edges_.emplace(person, other).second) {
            return;
        }
        const UnixMs from =
            std::max(network_.people[person].joined_at_ms, network_.people[other].joined_at_ms);
        Deed deed;
        deed.kind = Deed::Kind::kFollow;
        deed.at_ms = std::min(
            from + static_cast<UnixMs>(exponential(random_, static_cast<double>(kDayMs))),
            now_ms_ - kHourMs
        );
        deed.person = person;
        deed.other = other;
        network_.deeds.push_back(std::move(deed));
        followers_[other].push_back(person);
    }

    void make_follows() {
        const auto& people = network_.people;
        std::vector<double> fame;
        std::ranges::transform(people, std::back_inserter(fame), &Person::fame);
        const Lottery lottery(fame);
        for (std::size_t person = 1; person < people.size(); ++person) {
            for (std::size_t star = 1; star <= Network::kCelebrities; ++star) {
                if (random_.chance(0.93)) {
                    follow(person, star);
                }
            }
            const double wanted = std::exp(2.9 + 0.8 * (random_.unit() + random_.unit() - 1));
            for (std::size_t i = 0; i < static_cast<std::size_t>(std::min(wanted, 120.0)); ++i) {
                std::size_t other = lottery.draw(random_);
                if (!share_topic(people[person], people[other])) {
                    other = lottery.draw(random_);  // a second look for someone closer
                }
                if (other != Network::kGuest) {
                    follow(person, other);
                }
                if (random_.chance(0.35)) {
                    follow(other, person);
                }
            }
        }
        follow(Network::kGuest, 1);
        follow(Network::kGuest, 2);
        while (edges_from_guest() < kGuestFollows) {
            const std::size_t other = lottery.draw(random_);
            if (share_topic(people[Network::kGuest], people[other]) || random_.chance(0.3)) {
                follow(Network::kGuest, other);
            }
        }
        while (followers_[Network::kGuest].size() < kGuestFollowers) {
            follow(3 + random_.below(people.size() - 3), Network::kGuest);
        }
    }

    [[nodiscard]] std::size_t edges_from_guest() const {
        return static_cast<std::size_t>(std::ranges::count_if(edges_, [](const auto& edge) {
            return edge.first == Network::kGuest;
        }));
    }

    /// More of late than long ago, little at night.
    [[nodiscard]] UnixMs root_time() {
        for (;;) {
            const double past = std::pow(random_.unit(), 1.4) * static_cast<double>(kActiveMs);
            const UnixMs at = now_ms_ - 2 * kMinuteMs - static_cast<UnixMs>(past);
            const auto hour = (at / kHourMs) % 24;
            if (hour >= 6 || random_.chance(0.25)) {
                return at;
            }
        }
    }

    std::size_t add_post(Deed deed) {
        deed.kind = Deed::Kind::kPost;
        deed.post = post_deeds_.size();
        post_deeds_.push_back(deed);
        network_.deeds.push_back(std::move(deed));
        return post_deeds_.size() - 1;
    }

    [[nodiscard]] std::size_t make_root(std::size_t person) {
        const Person& author = network_.people[person];
        Deed deed;
        deed.person = person;
        deed.at_ms = std::max(root_time(), author.joined_at_ms + kHourMs);
        deed.language = author.language;
        const std::string own_language = "lang-" + author.language;
        std::string topic = author.topics[random_.chance(0.6) ? 0 : random_.below(3)];
        if (author.language != "en" && random_.chance(0.6) && grammar_.has(own_language, "post")) {
            topic = own_language;
        } else {
            deed.language = "en";
            topic = random_.chance(0.18) ? "general" : topic;
        }
        const bool quiet = !is_celebrity(person) && person != Network::kGuest;
        if (quiet && random_.chance(0.012) && !followers_[person].empty()) {
            const auto& friends = followers_[person];
            const Person& whom = network_.people[friends[random_.below(friends.size())]];
            deed.visibility = Visibility::kDirect;
            deed.text = "@" + whom.username + " " + grammar_.say("general", "whisper", random_);
            deed.language = "en";
            return add_post(std::move(deed));
        }
        if (quiet && random_.chance(0.03)) {
            deed.visibility = Visibility::kPrivate;
            deed.text = grammar_.say("general", "secret", random_);
            deed.language = "en";
            return add_post(std::move(deed));
        }
        if (random_.chance(0.06)) {
            deed.visibility = Visibility::kUnlisted;
        }
        deed.text = unsaid(topic, "post");
        if (deed.language == "en" && random_.chance(0.04)) {
            deed.warning = grammar_.say(topic, "warning", random_);
        }
        return add_post(std::move(deed));
    }

    /// What nobody has said yet, if a few tries find it: the same joke twice a page looks silly.
    [[nodiscard]] std::string unsaid(std::string_view topic, std::string_view kind) {
        std::string text;
        for (int tries = 0; tries < 12; ++tries) {
            text = grammar_.say(topic, kind, random_);
            if (said_.insert(text).second) {
                break;
            }
        }
        return text;
    }

    /// Somebody who follows the author of the thread, or its author answering.
    [[nodiscard]] std::size_t pick_replier(const Deed& root, const Deed& parent) {
        if (parent.person != root.person && random_.chance(0.45)) {
            return root.person;
        }
        const auto& followers = followers_[root.person];
        for (int tries = 0; tries < 8 && !followers.empty(); ++tries) {
            const std::size_t person = followers[random_.below(followers.size())];
            if (person != parent.person && person != Network::kGuest && !is_celebrity(person)) {
                return person;
            }
        }
        return root.person;
    }

    /// The new post's index, or kNone if it would lie in the future.
    std::size_t reply_to(std::size_t root_index, std::size_t parent_index) {
        const Deed root = post_deeds_[root_index];
        const Deed parent = post_deeds_[parent_index];
        Deed deed;
        deed.person = pick_replier(root, parent);
        deed.parent = parent_index;
        deed.at_ms =
            parent.at_ms + kMinuteMs +
            static_cast<UnixMs>(exponential(random_, 35.0 * static_cast<double>(kMinuteMs)));
        if (deed.at_ms > now_ms_ - 10'000) {
            return Deed::kNone;
        }
        deed.visibility = parent.visibility;
        if (parent.visibility == Visibility::kPublic && random_.chance(0.15)) {
            deed.visibility = Visibility::kUnlisted;
        }
        const std::string own_language = "lang-" + root.language;
        const bool speaks_it = network_.people[deed.person].language == root.language;
        std::string_view topic = network_.people[root.person].topics[0];
        std::string_view kind = deed.person == root.person ? "answer" : "reply";
        deed.language = "en";
        if (speaks_it && grammar_.has(own_language, "reply")) {
            topic = own_language;
            kind = "reply";
            deed.language = root.language;
        } else if (random_.chance(0.35) || root.language != "en") {
            topic = "general";
        }
        if (parent.person != deed.person) {
            deed.text = "@" + network_.people[parent.person].username + " ";
        }
        deed.text += grammar_.say(topic, kind, random_);
        if (!root.warning.empty()) {
            deed.warning = root.warning;
        }
        return add_post(std::move(deed));
    }

    void grow_thread(std::size_t root, std::size_t replies, bool deep) {
        std::vector<std::pair<std::size_t, std::size_t>> tree{{root, 0}};  // post, depth
        std::size_t tip = 0;
        for (std::size_t i = 0; i < replies; ++i) {
            std::size_t at = random_.chance(0.55) ? tree.size() - 1 : random_.below(tree.size());
            if (deep && i < kDepthMax) {
                at = tip;
            }
            if (tree[at].second >= kDepthMax) {
                at = 0;
            }
            const std::size_t post = reply_to(root, tree[at].first);
            if (post == Deed::kNone) {
                break;
            }
            tree.emplace_back(post, tree[at].second + 1);
            tip = tree.size() - 1;
        }
    }

    void make_threads() {
        const auto& people = network_.people;
        std::vector<double> activity;
        std::ranges::transform(people, std::back_inserter(activity), &Person::activity);
        const Lottery lottery(activity);
        std::size_t deep_left = size_.deep_threads;
        for (std::size_t i = 0; i < size_.posts; ++i) {
            const std::size_t person = lottery.draw(random_);
            const std::size_t root = make_root(person);
            const Deed& deed = post_deeds_[root];
            // Who may answer those depends on who followed whom at that moment.
            if (deed.visibility >= Visibility::kPrivate) {
                continue;
            }
            const bool old_enough = deed.at_ms < now_ms_ - 2 * kDayMs;
            const bool deep = deep_left > 0 && old_enough && followers_[person].size() > 15;
            const double crowd = std::sqrt(static_cast<double>(followers_[person].size()));
            auto replies = static_cast<std::size_t>(exponential(random_, 0.22 * crowd));
            if (deep) {
                --deep_left;
                replies = std::max(replies, kDepthMax + 4);
            }
            grow_thread(root, std::min<std::size_t>(replies, 40), deep);
        }
    }

    /// Everybody may boost and favourite what is public, soon after it was posted.
    void react(Deed::Kind kind, std::size_t count, double mean_minutes) {
        std::vector<double> appeal;
        for (const Deed& post : post_deeds_) {
            const bool open = post.visibility == Visibility::kPublic;
            const double crowd = static_cast<double>(followers_[post.person].size());
            const double share = post.parent == Deed::kNone ? 1.0 : 0.2;
            appeal.push_back(open ? std::pow(crowd, 0.7) * share : 0);
        }
        const Lottery lottery(appeal);
        std::set<std::pair<std::size_t, std::size_t>> done;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t index = lottery.draw(random_);
            const Deed& post = post_deeds_[index];
            const auto& followers = followers_[post.person];
            if (followers.empty()) {
                continue;
            }
            Deed deed;
            deed.kind = kind;
            deed.person = followers[random_.below(followers.size())];
            deed.post = index;
            deed.at_ms = post.at_ms + 20'000 +
                         static_cast<UnixMs>(
                             exponential(random_, mean_minutes * static_cast<double>(kMinuteMs))
                         );
            if (deed.at_ms < now_ms_ - 5'000 && done.emplace(deed.person, index).second) {
                network_.deeds.push_back(std::move(deed));
            }
        }
    }

    void make_reactions() {
        react(Deed::Kind::kBoost, size_.boosts, 90);
        react(Deed::Kind::kFavourite, size_.favourites, 60);
    }

    Random random_;
    const UnixMs now_ms_;
    const NetworkSize size_;
    const Grammar grammar_;
    Network network_;
    std::vector<Deed> post_deeds_;
    std::vector<std::vector<std::size_t>> followers_;
    std::set<std::pair<std::size_t, std::size_t>> edges_;
    std::set<std::string> said_;
};

}  // namespace

Network make_network(std::uint64_t seed, UnixMs now_ms, NetworkSize size) {
    return Society(seed, now_ms, size).build();
}

}  // namespace rookery::app::demo
