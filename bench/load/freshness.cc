#include "load/freshness.h"

#include "load/clock.h"
#include "load/fetcher.h"
#include "load/made_up_text.h"
#include "load/people.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace rookery::load {

namespace {

constexpr std::size_t kCandidates = 20'000;  // accounts whose number of followers is asked for
constexpr std::size_t kFollowersPerPage = 80;
constexpr int kFollowersPages = 50;  // looked through for people with tokens
constexpr double kPatienceSeconds = 10;

Result<boost::json::value> parse(const std::string& body) {
    boost::system::error_code error;
    boost::json::value json = boost::json::parse(body, error);
    if (error) {
        return fail(ErrorCode::kInvalid, "an answer is no JSON");
    }
    return json;
}

/// How many follow each of the first people, as the server tells.
Result<std::vector<std::uint64_t>> follower_counts(const People& people, Fetcher& fetcher) {
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < std::min(people.size(), kCandidates); ++i) {
        requests.push_back(
            fetcher.target().get(fmt::format("/api/v1/accounts/{}", people.id(i)), people.token(0))
        );
    }
    TRY(const auto bodies, fetcher.bodies(std::move(requests)));
    std::vector<std::uint64_t> counts;
    for (const std::string& body : bodies) {
        TRY(const auto json, parse(body));
        const auto* account = json.if_object();
        const auto* count = account == nullptr ? nullptr : account->if_contains("followers_count");
        if (count == nullptr || !count->is_number()) {
            return fail(ErrorCode::kInvalid, "an account has no followers_count");
        }
        counts.push_back(count->to_number<std::uint64_t>());
    }
    return counts;
}

/// Up to `wanted` followers of the author who have tokens.
Result<std::vector<std::size_t>> followers_with_tokens(
    const People& people,
    const std::unordered_map<std::string, std::size_t>& person_of,
    std::size_t author,
    std::size_t wanted,
    Fetcher& fetcher
) {
    std::vector<std::size_t> readers;
    std::string path =
        fmt::format("/api/v1/accounts/{}/followers?limit={}", people.id(author), kFollowersPerPage);
    for (int page = 0; page < kFollowersPages && readers.size() < wanted && !path.empty(); ++page) {
        TRY(const auto fetched, fetcher.fetch({fetcher.target().get(path, people.token(author))}));
        TRY(const auto json, parse(fetched.front().body));
        if (fetched.front().status != 200 || !json.is_array()) {
            return fail(ErrorCode::kInvalid, "a page of followers is no array");
        }
        for (const auto& account : json.as_array()) {
            const auto* object = account.if_object();
            const auto* id = object == nullptr ? nullptr : object->if_contains("id");
            if (id == nullptr || !id->is_string()) {
                continue;
            }
            const auto found = person_of.find(std::string(id->as_string()));
            if (found != person_of.end() && readers.size() < wanted) {
                readers.push_back(found->second);
            }
        }
        path = fetched.front().next;
    }
    return readers;
}

std::string post_request(const Target& target, std::string_view token, std::string_view mark) {
    Random random(static_cast<std::uint64_t>(clock_ns()));
    return target.send(
        "POST",
        "/api/v1/statuses",
        token,
        fmt::format(R"({{"status":"{}"}})", made_up_text(random, mark))
    );
}

/// One post, and its readers asking for their home pages until each has seen it.
Result<void>
follow_post(const People& people, const std::string& mark, Fetcher& fetcher, Freshness& result) {
    const std::int64_t begin_ns = clock_ns();
    TRY(const auto made,
        fetcher.bodies({post_request(fetcher.target(), people.token(result.author.person), mark)}));
    result.acknowledged.record(clock_ns() - begin_ns);
    std::vector<std::size_t> waiting = result.author.readers;
    while (!waiting.empty()) {
        const std::int64_t round_ns = clock_ns();
        if (static_cast<double>(round_ns - begin_ns) > kPatienceSeconds * 1e9) {
            result.never += waiting.size();
            return {};
        }
        std::vector<std::string> requests;
        for (const std::size_t reader : waiting) {
            requests.push_back(fetcher.target().get("/api/v1/timelines/home", people.token(reader))
            );
        }
        TRY(const auto pages, fetcher.fetch(std::move(requests)));
        std::vector<std::size_t> still_waiting;
        for (std::size_t i = 0; i < pages.size(); ++i) {
            if (pages[i].status != 200) {
                return fail(
                    ErrorCode::kInvalid,
                    fmt::format("a home page was answered with {}", pages[i].status)
                );
            }
            if (pages[i].body.find(mark) != std::string::npos) {
                result.seen.record(pages[i].done_ns - begin_ns);
            } else {
                ++result.stale;
                still_waiting.push_back(waiting[i]);
            }
        }
        waiting = std::move(still_waiting);
    }
    return {};
}

using Counts = std::vector<std::uint64_t>;
using Places = std::unordered_map<std::string, std::size_t>;

Result<Author> choose_author(
    std::uint64_t wanted,
    const Counts& counts,
    const People& people,
    const Places& person_of,
    std::size_t readers,
    Fetcher& fetcher
) {
    // By ratio: 20,000 is as far from 10,000 as 5,000 is.
    const auto nearest = std::ranges::min_element(counts, {}, [wanted](std::uint64_t count) {
        return std::abs(
            std::log(static_cast<double>(count) + 1) - std::log(static_cast<double>(wanted) + 1)
        );
    });
    Author author;
    author.person = static_cast<std::size_t>(nearest - counts.begin());
    author.followers = *nearest;
    TRY(author.readers, followers_with_tokens(people, person_of, author.person, readers, fetcher));
    if (author.readers.empty()) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("nobody with a token follows {}", people.id(author.person))
        );
    }
    return author;
}

}  // namespace

Result<std::vector<Freshness>> measure_freshness(const FreshnessOptions& options) {
    TRY(const Target target, parse_target(options.target));
    TRY(const People people, People::read(options.tokens, 10'000'000));
    Fetcher fetcher(target);
    TRY(const auto counts, follower_counts(people, fetcher));
    std::unordered_map<std::string, std::size_t> person_of;
    for (std::size_t i = 0; i < people.size(); ++i) {
        person_of.emplace(people.id(i), i);
    }
    const auto celebrity =
        static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin());
    std::vector<Freshness> results;
    for (const std::uint64_t wanted : options.followers) {
        Freshness result;
        TRY(result.author,
            choose_author(wanted, counts, people, person_of, options.readers, fetcher));
        for (std::size_t i = 0; i < options.posts; ++i) {
            const std::int64_t second_ends_ns = clock_ns() + 1'000'000'000;
            if (options.celebrity) {
                TRY(const auto made,
                    fetcher.bodies({post_request(target, people.token(celebrity), "celebrity")}));
            }
            const std::string mark = fmt::format("f{:x}n{}", clock_ns(), i);
            if (auto done = follow_post(people, mark, fetcher, result); !done) {
                return std::move(done).error();
            }
            if (options.celebrity) {
                sleep_until_ns(second_ends_ns);
            }
        }
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace rookery::load
