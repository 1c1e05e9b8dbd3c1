#include "app/demo.h"

#include "app/core.h"
#include "app/demo_network.h"
#include "app/progress_bar.h"
#include "app/run_task.h"
#include "base/random.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace rookery::app::demo {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSeed = 20'240'229;

/// Says what time it is in the story.
class StoryClock final : public Clock {
public:
    explicit StoryClock(UnixMs now_ms) : now_ms_(now_ms) {}
    [[nodiscard]] UnixMs now_ms() const override { return now_ms_; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::now();
    }
    void set(UnixMs now_ms) { now_ms_ = now_ms; }

private:
    std::atomic<UnixMs> now_ms_;
};

/// Lets the people of a Network do their deeds, one after the other.
class Theatre {
public:
    Theatre(const Network& network, Core& core, StoryClock& clock, std::string guest_password)
        : network_(network),
          core_(core),
          clock_(clock),
          guest_password_(std::move(guest_password)) {
        accounts_.resize(network.people.size());
        posts_.resize(network.posts);
        for (std::size_t person = 0; person < network.people.size(); ++person) {
            arrivals_.push_back(person);
        }
        std::ranges::sort(arrivals_, {}, [&](std::size_t person) {
            return network.people[person].joined_at_ms;
        });
    }

    /// Everything up to and with the deed at `index`.
    Task<Result<void>> play(std::size_t index) {
        const Deed* deed = &network_.deeds[index];
        CO_CHECK(co_await let_arrive(deed->at_ms));
        clock_.set(deed->at_ms);
        switch (deed->kind) {
            case Deed::Kind::kFollow:
                co_return co_await core_.follows.follow(
                    accounts_[deed->person], accounts_[deed->other], {}
                );
            case Deed::Kind::kPost:
                co_return co_await post(deed);
            case Deed::Kind::kBoost: {
                auto boost = co_await core_.posts.boost(
                    accounts_[deed->person], posts_[deed->post], social::Visibility::kPublic
                );
                if (!boost) {
                    co_return std::move(boost).error();
                }
                co_return Result<void>();
            }
            case Deed::Kind::kFavourite: {
                CO_TRY(social::PostPtr liked, co_await core_.posts.find(posts_[deed->post]));
                co_return co_await core_.reactions.favourite(
                    accounts_[deed->person], std::move(liked)
                );
            }
        }
        co_return Result<void>();
    }

    /// What people decide once they are settled: some want to be asked before they are followed.
    Task<Result<void>> finish(UnixMs now_ms) {
        CO_CHECK(co_await let_arrive(now_ms));
        clock_.set(now_ms);
        for (std::size_t person = 0; person < network_.people.size(); ++person) {
            if (network_.people[person].locked) {
                social::AccountChanges changes;
                changes.locked = true;
                auto changed =
                    co_await core_.accounts.update(accounts_[person], std::move(changes));
                if (!changed) {
                    co_return std::move(changed).error();
                }
            }
        }
        co_return Result<void>();
    }

private:
    Task<Result<void>> let_arrive(UnixMs until_ms) {
        while (arrived_ < arrivals_.size()) {
            const std::size_t person = arrivals_[arrived_];
            if (network_.people[person].joined_at_ms > until_ms) {
                break;
            }
            CO_CHECK(co_await arrive(person));
            ++arrived_;
        }
        co_return Result<void>();
    }

    Task<Result<void>> arrive(std::size_t index) {
        const Person& person = network_.people[index];
        clock_.set(person.joined_at_ms);
        social::NewAccount account;
        account.username = person.username;
        account.display_name = person.display_name;
        if (index == Network::kGuest) {
            account.password = guest_password_;
        }
        CO_TRY(const social::AccountPtr made, co_await core_.accounts.create(std::move(account)));
        accounts_[index] = made->id;
        social::AccountChanges changes;
        changes.note = person.bio;
        changes.default_language = person.language;
        auto changed = co_await core_.accounts.update(made->id, std::move(changes));
        if (!changed) {
            co_return std::move(changed).error();
        }
        co_return Result<void>();
    }

    Task<Result<void>> post(const Deed* deed) {
        social::NewPost post;
        post.author = accounts_[deed->person];
        post.text = deed->text;
        post.spoiler_text = deed->warning;
        post.sensitive = !deed->warning.empty();
        post.language = deed->language;
        post.visibility = deed->visibility;
        if (deed->parent != Deed::kNone) {
            post.in_reply_to = posts_[deed->parent];
        }
        CO_TRY(const social::PostPtr made, co_await core_.posts.create(std::move(post)));
        posts_[deed->post] = made->id;
        co_return Result<void>();
    }

    const Network& network_;
    Core& core_;
    StoryClock& clock_;
    std::string guest_password_;
    std::vector<AccountId> accounts_;
    std::vector<PostId> posts_;
    std::vector<std::size_t> arrivals_;  // people by the time at which they join
    std::size_t arrived_ = 0;
};

/// Easy to type: no letters that look alike.
std::string readable_password() {
    constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    for (const char byte : secure_random_bytes(12)) {
        if (password.size() == 4 || password.size() == 9) {
            password += '-';
        }
        password += kLetters[static_cast<unsigned char>(byte) % kLetters.size()];
    }
    return password;
}

std::string sign_in_path(const std::string& data) {
    return data + "/demo-sign-in";
}

Result<void> write_sign_in(const std::string& data, const SignIn& sign_in) {
    const std::string path = sign_in_path(data);
    std::ofstream file(path, std::ios::trunc);
    static_cast<void>(::chmod(path.c_str(), 0600));
    file << sign_in.username << '\n' << sign_in.password << '\n';
    file.close();
    if (!file) {
        return fail(ErrorCode::kInternal, "cannot write " + path);
    }
    return {};
}

Result<void> play_all(
    const Config& config,
    const std::string& place,
    const SignIn& sign_in,
    const std::function<bool()>& stop_asked
) {
    const UnixMs now_ms = SystemClock().now_ms();
    const Network network = make_network(kSeed, now_ms);
    StoryClock clock(network.people.front().joined_at_ms - 86'400'000);
    metrics::Registry registry;
    TRY(const auto core, Core::open(config, place, clock, registry));
    if (auto begun = run_task(core->begin()); !begun) {
        return begun;
    }
    Theatre theatre(network, *core, clock, sign_in.password);
    ProgressBar bar("Filling the demo network", "deeds");
    for (std::size_t i = 0; i < network.deeds.size(); ++i) {
        if (i % 64 == 0) {
            if (stop_asked()) {
                return fail(
                    ErrorCode::kUnavailable, "stopped before the demo network was complete"
                );
            }
            bar.show(static_cast<double>(i) / static_cast<double>(network.deeds.size()), i);
        }
        if (auto played = run_task(theatre.play(i)); !played) {
            return played;
        }
    }
    if (auto finished = run_task(theatre.finish(now_ms)); !finished) {
        return finished;
    }
    return run_task(core->remember_time());
}

}  // namespace

Result<SignIn>
fill(const Config& config, const std::string& data, const std::function<bool()>& stop_asked) {
    if (fs::exists(store_path(data))) {
        return fail(
            ErrorCode::kConflict,
            fmt::format("{} holds data already; the demo needs an empty directory", data)
        );
    }
    SignIn sign_in{"demo", readable_password()};
    const std::string place = data + "/demo-unfinished";
    std::error_code error;
    fs::remove_all(place, error);

    Config quick = config;
    quick.store.sync = store::SyncMode::kInterval;  // nothing of this was acknowledged to anyone
    auto played = play_all(quick, place, sign_in, stop_asked);
    if (played) {
        played = write_sign_in(data, sign_in);
    }
    if (played) {
        fs::rename(store_path(place), store_path(data), error);
        if (error) {
            played =
                fail(ErrorCode::kInternal, "cannot move the demo into place: " + error.message());
        }
    }
    fs::remove_all(place, error);
    if (!played) {
        return std::move(played).error();
    }
    return sign_in;
}

std::optional<SignIn> sign_in_of(const std::string& data) {
    std::ifstream file(sign_in_path(data));
    SignIn sign_in;
    if (!(file >> sign_in.username >> sign_in.password)) {
        return std::nullopt;
    }
    return sign_in;
}

}  // namespace rookery::app::demo
