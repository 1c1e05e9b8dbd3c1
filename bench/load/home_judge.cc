#include "load/home_judge.h"

#include "load/census.h"
#include "load/home_source.h"
#include "load/post_source.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace rookery::load {

namespace {

// Pages are compared post by post as long as their authors together are not more than this: each
// costs a request or two after the run.
constexpr std::size_t kAuthorsMax = 20'000;

using Times = std::unordered_map<std::string, std::int64_t>;

/// When the posts of the run were acknowledged.
struct RunPosts {
    Times times;        ///< by id
    std::string first;  ///< the oldest; empty if there is none

    /// Whether a page that was asked for at `asked_ns` must have the post. One that is younger than
    /// the run's first and was never acknowledged was given up under way, and may be there.
    [[nodiscard]] bool had(const std::string& post, std::int64_t asked_ns) const {
        const auto made = times.find(post);
        return made == times.end() ? first.empty() || is_older(post, first)
                                   : made->second < asked_ns;
    }
};

RunPosts posts_of_run(const Workload& workload, const std::vector<const KeptAnswer*>& answers) {
    RunPosts posts;
    for (const KeptAnswer* answer : answers) {
        if (dynamic_cast<const PostSource*>(&workload.source_of(answer->operation.kind))) {
            if (const auto page = parse_page("[" + answer->body + "]"); page && !page->empty()) {
                const std::string& id = page->front().id;
                posts.times[id] = answer->done_ns;
                if (posts.first.empty() || is_older(id, posts.first)) {
                    posts.first = id;
                }
            }
        }
    }
    return posts;
}

}  // namespace

HomeJudge::HomeJudge(Scene scene) : scene_(scene) {
    for (std::uint32_t i = 0; i < scene_.people.size(); ++i) {
        person_of_number_[scene_.people.number(i)] = i;
    }
}

Result<void>
HomeJudge::read_graph(const std::string& path, const Workload& workload, const Plan& plan) {
    std::unordered_set<std::uint64_t> readers;
    for (const Operation& operation : plan.operations) {
        if (operation.keep &&
            dynamic_cast<const HomeSource*>(&workload.source_of(operation.kind)) != nullptr) {
            readers.insert(scene_.people.number(operation.who));
        }
    }
    auto graph = std::make_unique<EdgeListGraph>();
    if (auto read = graph->read(path, readers); !read) {
        return read;
    }
    graph_ = std::move(graph);
    return {};
}

std::set<std::string, std::less<>> HomeJudge::authors_for(std::uint32_t reader) const {
    std::set<std::string, std::less<>> authors{std::string(scene_.people.id(reader))};
    for (const std::uint64_t number : graph_->followees(scene_.people.number(reader))) {
        const auto person = person_of_number_.find(number);
        authors.insert(
            person == person_of_number_.end() ? std::to_string(number)
                                              : std::string(scene_.people.id(person->second))
        );
    }
    return authors;
}

Result<HomeVerdict> HomeJudge::judge(
    const Workload& workload,
    const std::vector<const KeptAnswer*>& answers,
    Fetcher& fetcher
) const {
    HomeVerdict verdict;
    std::vector<Page> pages;
    for (const KeptAnswer* answer : answers) {
        const auto* source =
            dynamic_cast<const HomeSource*>(&workload.source_of(answer->operation.kind));
        if (source == nullptr) {
            continue;
        }
        TRY(auto entries, parse_page(answer->body));
        Page page{
            .answer = answer,
            .entries = std::move(entries),
            .bounds = source->bounds(answer->operation),
            .authors = authors_for(answer->operation.who),
        };
        if (auto complaint = check_authors(page.entries, page.authors)) {
            verdict.complaints.push_back(*complaint);
        } else {
            pages.push_back(std::move(page));
        }
    }
    choose_affordable(pages);
    verdict.compared = pages.size();

    std::map<std::string, std::string, std::less<>> lowest_of;
    for (const Page& page : pages) {
        // A page that is not full ends where the posts do, or at its lower bound.
        const std::string& lowest =
            page.entries.size() >= page.bounds.limit ? page.entries.back().id : page.bounds.above;
        for (const std::string& author : page.authors) {
            const auto [place, is_new] = lowest_of.try_emplace(author, lowest);
            if (!is_new && is_older(lowest, place->second)) {
                place->second = lowest;
            }
        }
    }
    Census census(scene_.people.token(0));
    if (auto covered = census.cover(lowest_of, fetcher); !covered) {
        return std::move(covered).error();
    }
    const RunPosts posts = posts_of_run(workload, answers);
    for (const Page& page : pages) {
        std::vector<KnownPost> known;
        for (const std::string& author : page.authors) {
            for (const PageEntry& post : census.posts(author)) {
                const bool was_there = posts.had(post.id, page.answer->sent_ns);
                known.push_back({
                    .id = post.id,
                    .author = author,
                    .must_show = was_there && post.reply_to.empty(),
                });
            }
        }
        if (auto complaint = check_newest(page.entries, page.bounds, std::move(known))) {
            verdict.complaints.push_back(*complaint);
        }
    }
    return verdict;
}

void HomeJudge::choose_affordable(std::vector<Page>& pages) {
    std::set<std::string, std::less<>> authors;
    std::vector<Page> chosen;
    for (Page& page : pages) {
        if (chosen.empty() || authors.size() + page.authors.size() <= kAuthorsMax) {
            authors.insert(page.authors.begin(), page.authors.end());
            chosen.push_back(std::move(page));
        }
    }
    pages = std::move(chosen);
}

}  // namespace rookery::load
