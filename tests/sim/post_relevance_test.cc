// Judged queries over real texts: posts that were made for a query are found, and no others; the
// first twenty by relevance are those of a look at every post. Prints recall, precision and nDCG.
//
// Needs the data folder of the project (100,000 short posts); skipped where it is not there.
// ROOKERY_TEST_DATA names the folder, ROOKERY_RELEVANCE_POSTS how many of its posts are taken.
#include "base/random.h"
#include "sim/relevance_world.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace rookery::sim {

namespace {

constexpr std::size_t kPage = 20;
constexpr std::size_t kPostBytesMax = 480;
constexpr std::size_t kDrawnQueries = 100;
/// Two ways to add up the same numbers.
constexpr double kRounding = 1e-9;

std::string variable(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    return value != nullptr ? value : otherwise;
}

std::filesystem::path texts_path() {
    return std::filesystem::path(variable("ROOKERY_TEST_DATA", "../shared/data")) /
           "sentiment140-100k.txt.xz";
}

std::vector<std::string> read_texts(std::size_t count) {
    const std::string command = fmt::format("xz -dc '{}'", texts_path().string());
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string bytes;
    std::array<char, 65'536> buffer{};
    while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        bytes.append(buffer.data(), read);
    }
    std::istringstream lines(std::move(bytes));
    std::vector<std::string> texts;
    for (std::string line; texts.size() < count && std::getline(lines, line);) {
        if (line.find_first_not_of(" \t\r") != std::string::npos && line.size() <= kPostBytesMax) {
            texts.push_back(line);
        }
    }
    return texts;
}

/// One to three words of a real post, as they stand, and sometimes more than words.
std::string drawn_query(const std::vector<std::string>& texts, Random& random) {
    std::istringstream stream(texts[random.below(texts.size())]);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        std::erase_if(word, [](unsigned char c) { return c < 'A' || c > 'z' || c == '^'; });
        if (word.size() > 1) {
            words.push_back(word);
        }
    }
    if (words.size() < 4) {
        return "good day ";
    }
    const std::size_t at = random.below(words.size() - 3);
    switch (random.below(8)) {
        case 0:
            return fmt::format("\"{} {}\"", words[at], words[at + 1]);
        case 1:
            return fmt::format("{} -{} ", words[at], words[at + 2]);
        case 2:
            return fmt::format("{} {}", words[at], words[at + 1].substr(0, 3));
        case 3:
            return words[at] + " ";
        case 4:
            return fmt::format("{} {} {} ", words[at], words[at + 1], words[at + 3]);
        default:
            return fmt::format("{} {} ", words[at], words[at + 2]);
    }
}

class PostRelevance : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (std::filesystem::exists(texts_path())) {
            texts_ = read_texts(std::stoull(variable("ROOKERY_RELEVANCE_POSTS", "100000")));
            world_ = std::make_unique<RelevanceWorld>(texts_, judged_queries());
        }
    }
    static void TearDownTestSuite() { world_.reset(); }

    void SetUp() override {
        if (!world_) {
            GTEST_SKIP() << "no real posts: there is no " << texts_path().string();
        }
    }

    static void expect_the_models_page(std::string_view typed, std::string_view reads) {
        SCOPED_TRACE(fmt::format("'{}', read in {}", typed, reads));
        const auto wanted = world_->model(typed, reads);
        const auto found = world_->best(typed, reads, kPage);
        ASSERT_EQ(found.size(), std::min(kPage, wanted.size()));
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto here = std::ranges::find(wanted, found[i], &ModelHit::id);
            ASSERT_NE(here, wanted.end()) << "the post at " << i << " does not match";
            // Of equal scores the newer comes first, but a rounding may part them.
            const double difference = std::abs(here->score - wanted[i].score);
            ASSERT_LE(difference, kRounding * (1 + wanted[i].score)) << "at " << i;
        }
    }

    static std::string texts_of(const std::vector<std::uint64_t>& ids) {
        std::string all;
        for (std::size_t i = 0; i < std::min(ids.size(), kPage); ++i) {
            all += world_->text_of(ids[i]) + "\n";
        }
        return all;
    }

    static inline std::vector<std::string> texts_;
    static inline std::unique_ptr<RelevanceWorld> world_;
};

TEST_F(PostRelevance, ExactlyThePostsMadeForAQueryAreFound) {
    const auto judged = judged_queries();
    ASSERT_GE(judged.size(), 60U);
    for (std::size_t i = 0; i < judged.size(); ++i) {
        SCOPED_TRACE(fmt::format("{}: '{}'", judged[i].kind, judged[i].typed));
        std::vector<std::uint64_t> wanted;
        for (const MadePost& made : world_->made_for(i)) {
            if (made.grade > 0) {
                wanted.push_back(made.id);
            }
        }
        std::ranges::sort(wanted, std::greater{});
        const auto found = world_->all(judged[i].typed, judged[i].reads);
        if (judged[i].is_beyond) {
            EXPECT_NE(found, wanted) << "no longer beyond: say so";
        } else {
            EXPECT_EQ(found, wanted) << texts_of(found);
        }
    }
}

TEST_F(PostRelevance, TheFirstTwentyAreTheBestByALookAtEveryPost) {
    for (const JudgedQuery& query : judged_queries()) {
        expect_the_models_page(query.typed, query.reads);
    }
    Random random(11);
    for (std::size_t i = 0; i < kDrawnQueries && !HasFailure(); ++i) {
        expect_the_models_page(drawn_query(texts_, random), "en");
    }
}

/// What a page says of one kind of queries.
struct Figures {
    std::size_t queries = 0;
    double recall = 0;
    double precision = 0;
    double ndcg = 0;

    void add(const Figures& one) {
        ++queries;
        recall += one.recall;
        precision += one.precision;
        ndcg += one.ndcg;
    }
};

/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with gains
/// 2^grade - 1.
double cumulated_gain(const std::vector<int>& grades) {
    double gain = 0;
    for (std::size_t i = 0; i < grades.size() && i < kPage; ++i) {
        gain += (std::exp2(grades[i]) - 1) / std::log2(static_cast<double>(i) + 2);
    }
    return gain;
}

Figures figures_of(const std::vector<std::uint64_t>& page, const std::vector<MadePost>& made) {
    std::vector<int> ideal;
    for (const MadePost& post : made) {
        if (post.grade > 0) {
            ideal.push_back(post.grade);
        }
    }
    std::ranges::sort(ideal, std::greater{});
    std::vector<int> grades;
    for (const std::uint64_t id : page) {
        const auto at = std::ranges::find(made, id, &MadePost::id);
        grades.push_back(at == made.end() ? 0 : at->grade);
    }
    const auto right =
        static_cast<double>(std::ranges::count_if(grades, [](int g) { return g > 0; }));
    Figures figures;
    figures.recall = ideal.empty() ? 1 : right / static_cast<double>(ideal.size());
    figures.precision = page.empty() ? 1 : right / static_cast<double>(page.size());
    figures.ndcg = ideal.empty() ? 1 : cumulated_gain(grades) / cumulated_gain(ideal);
    return figures;
}

TEST_F(PostRelevance, PutsTheBetterPostsFirst) {
    const auto judged = judged_queries();
    std::map<std::string_view, Figures> by_kind;
    Figures within;
    Figures whole;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        const auto page = world_->best(judged[i].typed, judged[i].reads, kPage);
        const Figures figures = figures_of(page, world_->made_for(i));
        by_kind[judged[i].kind].add(figures);
        whole.add(figures);
        if (!judged[i].is_beyond) {
            within.add(figures);
        }
    }
    const auto print = [](std::string_view kind, const Figures& sum) {
        const auto n = static_cast<double>(sum.queries);
        fmt::print(
            "| {} | {} | {:.3f} | {:.3f} | {:.3f} |\n",
            kind,
            sum.queries,
            sum.recall / n,
            sum.precision / n,
            sum.ndcg / n
        );
    };
    fmt::print("{} posts\n| kind | queries | recall | precision | nDCG@20 |\n", world_->size());
    for (const auto& [kind, sum] : by_kind) {
        print(kind, sum);
    }
    print("all but those beyond", within);
    print("all", whole);
    const auto n = static_cast<double>(within.queries);
    EXPECT_EQ(within.recall, n);
    EXPECT_EQ(within.precision, n);
    // An order by date alone, or by chance, stays below.
    EXPECT_GT(by_kind["order"].ndcg / static_cast<double>(by_kind["order"].queries), 0.9);
}

}  // namespace

}  // namespace rookery::sim
