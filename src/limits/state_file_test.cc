#include "limits/state_file.h"

#include "kit/hex.h"
#include "kit/temporary_directory.h"
#include "limits/fixed_window.h"
#include "limits/gcra.h"
#include "limits/leaking_meter.h"
#include "limits/leaking_queue.h"
#include "limits/limit_table.h"
#include "limits/sliding_counter.h"
#include "limits/sliding_log.h"
#include "limits/subwindow_counter.h"
#include "limits/token_bucket.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace rookery::limits {
namespace {

constexpr Nanos kNow = 1'767'225'600 * kSecond;
constexpr Quota kQuota{.amount = 5, .period = 3'600 * kSecond, .burst = 5};

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

template <class Algorithm>
LimitTable<Algorithm> table() {
    return {*Algorithm::make(kQuota), {.keys_max = 1'024}};
}

std::unique_ptr<StateFile> opened(const std::string& path) {
    auto file = StateFile::open(path);
    EXPECT_TRUE(file) << file.error().message;
    return std::move(*file);
}

template <class Algorithm>
class SavedStates : public testing::Test {
protected:
    kit::TemporaryDirectory directory_;
    const std::string path_ = directory_.path() / "limits";
};
using Algorithms = testing::Types<
    TokenBucket,
    LeakingMeter,
    LeakingQueue,
    Gcra,
    FixedWindow,
    SlidingLog,
    SlidingCounter,
    SubwindowCounter>;
TYPED_TEST_SUITE(SavedStates, Algorithms);

TYPED_TEST(SavedStates, SurviveARestart) {
    {
        auto before = table<TypeParam>();
        const std::vector<NamedLimit> limits{{"posts", &before}};
        const auto file = opened(this->path_);
        const LimitKey bob = file->hasher().key("bob");
        static_cast<void>(before.take(bob, kNow, 1));
        ASSERT_TRUE(file->save(limits, kNow));
        static_cast<void>(before.take(bob, kNow + kSecond, 2));
        static_cast<void>(before.take(file->hasher().key("alice"), kNow + kSecond, 1));
        ASSERT_TRUE(file->save(limits, kNow + kSecond));
        // After the last save: this is lost.
        static_cast<void>(before.take(bob, kNow + kSecond, 1));
    }
    auto after = table<TypeParam>();
    const auto file = opened(this->path_);
    file->restore(std::vector<NamedLimit>{{"others", nullptr}, {"posts", &after}}, kNow + kSecond);
    const Nanos now = kNow + kSecond;
    EXPECT_EQ(after.peek(file->hasher().key("bob"), now, 0).remaining, 2U);
    EXPECT_EQ(after.peek(file->hasher().key("alice"), now, 0).remaining, 4U);
    EXPECT_EQ(after.peek(file->hasher().key("carol"), now, 0).remaining, 5U);
}

class LimitStateFile : public testing::Test {
protected:
    kit::TemporaryDirectory directory_;
    const std::string path_ = directory_.path() / "limits";
};

TEST_F(LimitStateFile, DropsATornEndAndKeepsWhatIsBeforeIt) {
    std::size_t whole = 0;
    {
        auto before = table<FixedWindow>();
        const std::vector<NamedLimit> limits{{"posts", &before}};
        const auto file = opened(path_);
        for (int i = 0; i < 2; ++i) {
            static_cast<void>(before.take(file->hasher().key("bob"), kNow, 2));
            ASSERT_TRUE(file->save(limits, kNow));
            whole = i == 0 ? read(path_).size() : whole;
        }
    }
    const std::string bytes = read(path_);
    ASSERT_GT(bytes.size(), whole);
    for (std::size_t size = whole; size <= bytes.size(); ++size) {
        write(path_, bytes.substr(0, size));
        auto after = table<FixedWindow>();
        const auto file = opened(path_);
        file->restore(std::vector<NamedLimit>{{"posts", &after}}, kNow);
        const std::uint64_t left = after.peek(file->hasher().key("bob"), kNow, 0).remaining;
        EXPECT_EQ(left, size == bytes.size() ? 1U : 3U) << size;
    }
}

TEST_F(LimitStateFile, NoticesADamagedBatch) {
    auto before = table<FixedWindow>();
    const std::vector<NamedLimit> limits{{"posts", &before}};
    auto file = opened(path_);
    static_cast<void>(before.take(file->hasher().key("bob"), kNow, 2));
    ASSERT_TRUE(file->save(limits, kNow));
    const std::string bytes = read(path_);
    for (std::size_t at = 25; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        write(path_, damaged);
        auto after = table<FixedWindow>();
        file = opened(path_);
        file->restore(std::vector<NamedLimit>{{"posts", &after}}, kNow);
        EXPECT_EQ(after.peek(file->hasher().key("bob"), kNow, 0).remaining, 5U) << at;
    }
}

TEST_F(LimitStateFile, RefusesWhatIsNoneAndWhatIsNewer) {
    write(path_, "hello, this is somebody's letter");
    EXPECT_EQ(StateFile::open(path_).error().code, ErrorCode::kCorrupt);
    write(path_, std::string("RKLIMITS\2") + std::string(16, 'x'));
    const auto newer = StateFile::open(path_);
    ASSERT_FALSE(newer);
    EXPECT_NE(newer.error().message.find("version 2"), std::string::npos);
    write(path_, "RKLIM");
    EXPECT_FALSE(StateFile::open(path_));
}

TEST_F(LimitStateFile, StaysAboutAsSmallAsWhatItHolds) {
    LimitTable<SubwindowCounter> limit(
        *SubwindowCounter::make({.amount = 1'000'000, .period = 3'600 * kSecond}),
        {.keys_max = 1'024}
    );
    const std::vector<NamedLimit> limits{{"posts", &limit}};
    const auto file = opened(path_);
    std::size_t largest = 0;
    for (int minute = 0; minute < 120; ++minute) {
        const Nanos now = kNow + minute * 60 * kSecond;
        for (int key = 0; key < 900; ++key) {
            static_cast<void>(limit.take(file->hasher().key(std::to_string(key)), now, 1));
        }
        ASSERT_TRUE(file->save(limits, now));
        largest = std::max<std::size_t>(largest, std::filesystem::file_size(path_));
    }
    EXPECT_GT(largest, 1'000'000U);
    EXPECT_LT(largest, 1'200'000U);
}

TEST_F(LimitStateFile, WritesNothingWhenNothingWasCharged) {
    auto limit = table<FixedWindow>();
    const std::vector<NamedLimit> limits{{"posts", &limit}};
    const auto file = opened(path_);
    static_cast<void>(limit.take(file->hasher().key("bob"), kNow, 1));
    ASSERT_TRUE(file->save(limits, kNow));
    const std::size_t size = read(path_).size();
    ASSERT_TRUE(file->save(limits, kNow));
    EXPECT_EQ(read(path_).size(), size);
}

using kit::hex;

// The bytes that docs/formats/limits.md shows.
TEST_F(LimitStateFile, IsWhatThePageSays) {
    std::string bytes = "RKLIMITS\1";
    for (char i = 0; i < 16; ++i) {
        bytes += i;
    }
    write(path_, bytes);
    LimitTable<FixedWindow> limit(
        *FixedWindow::make({.amount = 300, .period = 300}), {.keys_max = 1'024}
    );
    const auto file = opened(path_);
    const LimitKey bob = file->hasher().key("bob");
    static_cast<void>(limit.take(bob, 1'000, 2));
    ASSERT_TRUE(file->save(std::vector<NamedLimit>{{"posts", &limit}}, 1'000));
    EXPECT_EQ(
        hex(read(path_)),
        "52 4b 4c 49 4d 49 54 53 01 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f "
        "11 05 70 6f 73 74 73 0a 23 02 a3 40 0e 84 74 88 0e 02 95 7f 39 5f 06 45 f9 ca"
    );
}

}  // namespace
}  // namespace rookery::limits
