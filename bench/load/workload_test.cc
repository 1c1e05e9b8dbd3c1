#include "load/workload.h"

#include "load/arrivals.h"
#include "load/graph.h"
#include "load/people.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

namespace rookery::load {

namespace {

class WorkloadTest : public testing::Test {
protected:
    WorkloadTest() {
        for (int i = 1; i <= 50; ++i) {
            people_.add(
                std::to_string(i), fmt::format("token{}", i), static_cast<std::uint64_t>(i)
            );
        }
    }

    [[nodiscard]] Scene scene() const {
        return {.target = target_, .people = people_, .readers = readers_, .seed = 1};
    }

    Target target_;
    People people_;
    PeopleChoice readers_{50, 0.8, 1};
};

TEST_F(WorkloadTest, PlansTheSameForTheSameSeed) {
    const auto arrivals = poisson_arrivals(1000, 2, 1);
    auto first = Workload::make("mix", scene(), "");
    auto second = Workload::make("mix", scene(), "");
    ASSERT_TRUE(first && second);
    const Plan a = first->plan(arrivals, 16, 7);
    const Plan b = second->plan(arrivals, 16, 7);
    ASSERT_EQ(a.operations.size(), arrivals.size());
    EXPECT_EQ(a.requests, b.requests);
    for (std::size_t i = 0; i < a.operations.size(); ++i) {
        EXPECT_EQ(a.operations[i].request, b.operations[i].request);
        EXPECT_EQ(a.operations[i].at_ns, arrivals[i]);
    }
}

TEST_F(WorkloadTest, MixesTenReadsWithAPostAndKeepsEveryPost) {
    auto workload = Workload::make("mix", scene(), "");
    ASSERT_TRUE(workload);
    const auto kinds = workload->kinds();
    const Plan plan = workload->plan(poisson_arrivals(10'000, 4, 1), 16, 7);
    std::map<std::string, double> count;
    std::map<std::string, double> kept;
    for (const Operation& operation : plan.operations) {
        ++count[kinds[operation.kind]];
        kept[kinds[operation.kind]] += operation.keep ? 1 : 0;
    }
    EXPECT_NEAR((count["home"] + count["home-deeper"]) / count["post"], 10, 1);
    EXPECT_NEAR(count["home-deeper"] / count["home"], 0.05 / 0.95, 0.01);
    EXPECT_EQ(kept["post"], count["post"]);
    EXPECT_NEAR(kept["home"] / count["home"], 1.0 / 16, 0.01);
}

TEST_F(WorkloadTest, HasNoOtherNames) {
    EXPECT_FALSE(Workload::make("dance", scene(), ""));
}

TEST(PeopleChoice, FollowsZipfsLawOrNone) {
    Random random(5);
    const PeopleChoice zipf(1000, 0.8, 3);
    const PeopleChoice uniform(1000, 0, 3);
    std::vector<int> by_zipf(1000);
    std::vector<int> evenly(1000);
    for (int i = 0; i < 200'000; ++i) {
        ++by_zipf[zipf.draw(random)];
        ++evenly[uniform.draw(random)];
    }
    std::ranges::sort(by_zipf, std::greater());
    std::ranges::sort(evenly, std::greater());
    // The most active to the hundredth: 100^0.8 = 39.8.
    EXPECT_NEAR(by_zipf[0] / static_cast<double>(by_zipf[99]), 39.8, 5);
    EXPECT_LT(evenly.front(), 300);
    EXPECT_GT(evenly.back(), 100);
}

class FileTest : public testing::Test {
protected:
    FileTest()
        : path_(std::filesystem::temp_directory_path() / fmt::format("load_test_{}", getpid())) {}
    ~FileTest() override { std::filesystem::remove(path_); }

    std::string write(std::string_view text) {
        std::ofstream(path_, std::ios::binary) << text;
        return path_;
    }

private:
    std::filesystem::path path_;
};

TEST_F(FileTest, AnEdgeListIsReadForSomeFollowersAlone) {
    EdgeListGraph graph;
    ASSERT_TRUE(graph.read(write("# x\n1 2\n3,4\n1\t9 more\n\n1 2\n1 1\n5 6"), {1, 5}));
    EXPECT_EQ(graph.followees(1), (std::vector<std::uint64_t>{2, 9}));
    EXPECT_EQ(graph.followees(5), (std::vector<std::uint64_t>{6}));
    EXPECT_TRUE(graph.followees(3).empty());
    EXPECT_FALSE(EdgeListGraph().read(write("1 2\n1 x\n"), {1}));
    EXPECT_FALSE(EdgeListGraph().read(write("12\n"), {1}));
    EXPECT_FALSE(EdgeListGraph().read("/nonexistent", {1}));
}

TEST_F(FileTest, AnEdgeListLongerThanTheBufferLosesNothing) {
    std::string text;
    for (int i = 2; i < 300'000; ++i) {
        text += fmt::format("1 {}\n", i);
    }
    EdgeListGraph graph;
    ASSERT_TRUE(graph.read(write(text), {1}));
    const auto list = graph.followees(1);
    ASSERT_EQ(list.size(), 299'998U);
    EXPECT_EQ(list.front(), 2U);
    EXPECT_EQ(list.back(), 299'999U);
}

TEST_F(FileTest, TokensAreReadWithOrWithoutANumber) {
    const auto people = People::read(write("# who\n7 abc\n\n01H9X def 3\nzz ghi\n"), 10);
    ASSERT_TRUE(people);
    ASSERT_EQ(people->size(), 3U);
    EXPECT_EQ(people->id(0), "7");
    EXPECT_EQ(people->token(0), "abc");
    EXPECT_EQ(people->number(0), 7U);
    EXPECT_EQ(people->id(1), "01H9X");
    EXPECT_EQ(people->number(1), 3U);
    EXPECT_EQ(people->number(2), 3U);
    EXPECT_EQ(People::read(write("1 a\n2 b\n"), 1)->size(), 1U);
    EXPECT_FALSE(People::read(write("1\n"), 10));
    EXPECT_FALSE(People::read(write("# none\n"), 10));
}

}  // namespace

}  // namespace rookery::load
