#pragma once

#include "base/clock.h"
#include "social/visibility.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rookery::app::demo {

struct NetworkSize {
    std::size_t people = 300;
    std::size_t posts = 1400;  ///< that begin a thread; replies come on top, about as many
    std::size_t boosts = 900;
    std::size_t favourites = 5000;
    std::size_t deep_threads = 12;  ///< with a chain of replies that is kDepthMax long
};
inline constexpr std::size_t kDepthMax = 10;

struct Person {
    std::string username;
    std::string display_name;
    std::string bio;
    std::string language;
    std::vector<std::string> topics;  ///< what they post about, the favourite first
    UnixMs joined_at_ms = 0;
    bool locked = false;
    double fame = 1;      ///< weight with which others follow them
    double activity = 1;  ///< weight with which they post
};

/// Somebody follows, posts, boosts or favourites. People and posts are indexes; a post's index is
/// its place among all deeds of kind kPost.
struct Deed {
    enum class Kind : std::uint8_t { kFollow, kPost, kBoost, kFavourite };
    static constexpr std::size_t kNone = SIZE_MAX;

    Kind kind{};
    UnixMs at_ms = 0;
    std::size_t person = 0;
    std::size_t other = kNone;   ///< kFollow: whom
    std::size_t post = kNone;    ///< kPost: its own index; kBoost, kFavourite: which
    std::size_t parent = kNone;  ///< kPost: the post that it answers
    std::string text;
    std::string warning;
    std::string language;
    social::Visibility visibility{};
};

/// A small society and three weeks of its life, in order of time. Made up: names, texts and all.
struct Network {
    static constexpr std::size_t kGuest = 0;        ///< the person whom the visitor signs in as
    static constexpr std::size_t kCelebrities = 2;  ///< persons 1 and 2

    std::vector<Person> people;
    std::vector<Deed> deeds;
    std::size_t posts = 0;  ///< how many post indexes there are
};

/// The same for the same arguments. Everything lies in the 28 days before `now_ms`.
[[nodiscard]] Network make_network(std::uint64_t seed, UnixMs now_ms, NetworkSize size = {});

}  // namespace rookery::app::demo
