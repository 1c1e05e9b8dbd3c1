#include "load/report.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rookery::load {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMillisecond = 1'000'000;

/// A run of ten seconds in which all was well, to be spoilt.
class ReportTest : public testing::Test {
protected:
    ReportTest() {
        facts_.seconds = 10;
        facts_.after = {.wall_s = 10, .server_cpu_s = 8, .client_cpu_s = 2, .tasks_cpu_s = 10.1};
        facts_.judgement.samples = 4;
        for (int i = 0; i < 1000; ++i) {
            answer(10 * kMillisecond * i, 3 * kMillisecond);
        }
    }

    void answer(std::int64_t at_ns, std::int64_t latency_ns, int status = 200) {
        const Operation operation{.at_ns = at_ns};
        recorder_.noticed(operation, 1000);
        recorder_.answered(
            0,
            operation,
            {.status = status, .sent_ns = at_ns, .done_ns = at_ns + latency_ns, .bytes = 100}
        );
    }

    [[nodiscard]] std::vector<std::string> reasons() const {
        return Report(facts_, recorder_, {}).reasons();
    }

    RunFacts facts_;
    Recorder recorder_{{"home"}, false, 0, 10 * kSecond};
};

TEST_F(ReportTest, IsValidWhenAllIsWell) {
    EXPECT_THAT(reasons(), IsEmpty());
    EXPECT_THAT(Report(facts_, recorder_, {}).text(), HasSubstr("\nVALID\n"));
}

TEST_F(ReportTest, IsInvalidWhenTheClientWasLate) {
    for (int i = 0; i < 20; ++i) {
        recorder_.noticed({.at_ns = 1}, 2 * kMillisecond);
    }
    EXPECT_THAT(reasons(), ElementsAre(HasSubstr("the client was late")));
}

TEST_F(ReportTest, IsInvalidWhenTheClientFilledItsCore) {
    facts_.after.client_cpu_s = 9.8;
    facts_.after.tasks_cpu_s = 17.9;
    EXPECT_THAT(reasons(), ElementsAre(HasSubstr("the client was the bottleneck")));
}

TEST_F(ReportTest, IsInvalidWhenTheMachineWasBusyOrStolenFrom) {
    facts_.after.tasks_cpu_s = 10.6;
    facts_.after.steal_s = 0.2;
    EXPECT_THAT(
        reasons(), ElementsAre(HasSubstr("something else: 6.0 %"), HasSubstr("took 2.0 %"))
    );
}

TEST_F(ReportTest, IsInvalidWhenARequestFailed) {
    answer(5, 5, 503);
    recorder_.failed({.at_ns = 5}, Failure::kClosed, 7);
    EXPECT_THAT(
        reasons(),
        ElementsAre(
            HasSubstr("1 requests failed: connection closed"),
            HasSubstr("1 requests failed: status 503")
        )
    );
}

TEST_F(ReportTest, IsInvalidWhenAnAnswerWasWrongOrNoneWasChecked) {
    facts_.judgement.wrong = 1;
    facts_.judgement.complaints = {"home: post 5 is there twice"};
    EXPECT_THAT(
        reasons(), ElementsAre(HasSubstr("1 of 4 sampled answers were wrong: home: post 5"))
    );
    facts_.judgement = {};
    EXPECT_THAT(reasons(), ElementsAre(HasSubstr("no answer was checked")));
}

TEST_F(ReportTest, CountsARequestWithoutAnAnswerWithTheTimeThatItWaited) {
    recorder_.failed({.at_ns = kSecond}, Failure::kUnanswered, 19 * kSecond);
    EXPECT_EQ(recorder_.all().latency.max(), 18 * kSecond);
}

TEST_F(ReportTest, SaysTheSameInJson) {
    const auto json = boost::json::parse(Report(facts_, recorder_, {}).json());
    EXPECT_TRUE(json.at("valid").as_bool());
    EXPECT_EQ(json.at("all").at("answers").to_number<int>(), 1000);
    EXPECT_NEAR(json.at("all").at("p99_ms").to_number<double>(), 3, 0.01);
    EXPECT_NEAR(json.at("server_cpu_us").to_number<double>(), 8000, 1);
    EXPECT_NEAR(json.at("client_cpu_percent").to_number<double>(), 20, 0.1);
    EXPECT_NEAR(json.at("all").at("bytes_per_answer").to_number<double>(), 100, 0.1);
}

TEST(Recorder, LeavesTheWarmUpOut) {
    Recorder recorder({"home"}, false, kSecond, 2 * kSecond);
    for (const std::int64_t at_ns : {std::int64_t{0}, kSecond, 2 * kSecond}) {
        recorder.answered(0, {.at_ns = at_ns}, {.status = 200, .done_ns = at_ns + 5});
    }
    EXPECT_EQ(recorder.all().latency.count(), 1U);
    EXPECT_EQ(recorder.all().answers, 1U);
}

TEST(Recorder, CountsFromTheIntendedTimeInTheOpenLoopAndFromSendingInTheClosed) {
    const Operation operation{.at_ns = 100};
    const Answer answer{.status = 200, .sent_ns = 5000, .done_ns = 6000};
    Recorder open({"home"}, false, 0, kSecond);
    open.answered(0, operation, answer);
    EXPECT_EQ(open.all().latency.max(), 5900);
    Recorder closed({"home"}, true, 0, kSecond);
    closed.answered(0, operation, answer);
    EXPECT_EQ(closed.all().latency.max(), 1000);
}

}  // namespace

}  // namespace rookery::load
