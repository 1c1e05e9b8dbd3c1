#include "policy/replay.h"

#include "feed/policies.h"
#include "kit/temporary_directory.h"
#include "policy/trace_generator.h"

#include <gtest/gtest.h>

#include <fstream>

namespace rookery::policy {
namespace {

Trace small_trace(const char* shape_name) {
    TraceShape shape = *shape_of(shape_name);
    shape.accounts = 120;
    shape.events = 1500;
    Trace trace = generate_graph(shape);
    generate_events(shape, trace);
    return trace;
}

TEST(Replay, ShowsTheSamePagesUnderEveryPolicy) {
    for (const char* shape : {"read-heavy", "write-heavy", "celebrity-heavy"}) {
        const Trace trace = small_trace(shape);
        const ReplayOptions options{
            .threshold_followers = 20, .push_at_once_max = 4, .check_every = 1
        };
        std::uint64_t hash = 0;
        for (const Contender& contender : contenders(options)) {
            SCOPED_TRACE(contender.name);
            const auto figures = replay(trace, contender, options);
            ASSERT_TRUE(figures) << figures.error().message;
            EXPECT_EQ(figures->pages_late, 0U);
            EXPECT_GT(figures->pages_checked, 100U);
            hash = hash == 0 ? figures->pages_hash : hash;
            EXPECT_EQ(figures->pages_hash, hash);
        }
    }
}

TEST(Replay, TellsPushingFromPulling) {
    const Trace trace = small_trace("read-heavy");
    const ReplayOptions options;
    for (const Contender& contender : contenders(options)) {
        const auto figures = replay(trace, contender, options);
        ASSERT_TRUE(figures);
        EXPECT_EQ(figures->deliveries == 0, contender.name == "pull-all") << contender.name;
        EXPECT_EQ(figures->peak.subscription_bytes == 0, contender.name == "pull-all");
        EXPECT_GT(figures->reads.count, 900U);
    }
}

TEST(Replay, PushesTheLessTheMoreAPushCosts) {
    const Trace trace = small_trace("write-heavy");
    const ReplayOptions options;
    std::vector<Figures> all;
    for (const Contender& contender : priced_contenders({1e-9, 0.25, 4, 1e9}, options)) {
        auto figures = replay(trace, contender, options);
        ASSERT_TRUE(figures) << figures.error().message;
        EXPECT_EQ(figures->pages_hash, all.empty() ? figures->pages_hash : all[0].pages_hash);
        all.push_back(std::move(*figures));
    }
    EXPECT_EQ(all[1].name, "push costs 0.25");
    EXPECT_GT(all[0].deliveries, all[1].deliveries);
    EXPECT_GT(all[1].deliveries, all[2].deliveries);
    EXPECT_EQ(all[3].deliveries, 0U);
    EXPECT_LT(all[0].authors_merged, all[3].authors_merged);
}

TEST(Replay, BuildsTheInboxesOfEverybodyBeforeItMeasures) {
    Trace trace = small_trace("read-heavy");
    std::erase_if(trace.events, [](const Event& event) {
        return event.kind == Event::Kind::kFollow || event.kind == Event::Kind::kUnfollow;
    });
    const Contender everybody{
        "push", [] { return std::make_unique<feed::PushAll>(); }, Inboxed::kEverybody
    };
    const auto figures = replay(trace, everybody, {});
    ASSERT_TRUE(figures);
    EXPECT_EQ(figures->inbox_builds, 0U);
}

TEST(TraceGenerator, RepeatsATraceByItsSeedAlone) {
    EXPECT_EQ(small_trace("read-heavy"), small_trace("read-heavy"));
    TraceShape other{.accounts = 120, .events = 1500, .reads_per_post = 20, .seed = 2};
    EXPECT_NE(generate_graph(other).graph, small_trace("read-heavy").graph);
}

TEST(TraceFile, KeepsATrace) {
    const kit::TemporaryDirectory directory;
    const std::string path = (directory.path() / "trace").string();
    const Trace trace = small_trace("celebrity-heavy");
    ASSERT_TRUE(write_trace(trace, path));
    EXPECT_EQ(read_trace(path).value(), trace);
}

TEST(TraceFile, NamesTheLineThatIsWrong) {
    const kit::TemporaryDirectory directory;
    const std::string path = (directory.path() / "trace").string();
    const auto error_of = [&path](const std::string& text) {
        std::ofstream(path) << text;
        const auto trace = read_trace(path);
        return trace ? std::string() : trace.error().message.substr(path.size());
    };
    EXPECT_EQ(error_of("accounts 2\n# a note\n0 post 1\n5 follow 1 2\n"), "");
    EXPECT_EQ(error_of("accounts 2\ngraph 1 3\n"), ", line 2: graph takes two accounts");
    EXPECT_EQ(error_of("accounts 2\n5 read 1\n4 read 1\n"), ", line 3: the time goes back");
    EXPECT_EQ(error_of("accounts 2\n5 like 1\n"), ", line 2: nothing is known of \"like\"");
    EXPECT_EQ(
        error_of("accounts 2\n5 follow 1\n"),
        ", line 2: an account must be a number from 1 to that of the line \"accounts\""
    );
}

}  // namespace
}  // namespace rookery::policy
