#include "events/trimmer.h"

#include "events/backoff.h"
#include "events/checkpoint.h"
#include "events/dead_letters.h"
#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"

#include <gtest/gtest.h>

namespace rookery::events {
namespace {

void emit(kit::MemoryStore& store, int count) {
    ports::Batch batch;
    for (int i = 0; i < count; ++i) {
        batch.emit({1, "x"});
    }
    ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
}

ports::EventId oldest(kit::MemoryStore& store) {
    const auto events = kit::run(store.read_events(0, 1)).value();
    return events.empty() ? 0 : events[0].id;
}

TEST(Trimmer, ForgetsWhatIsOldAndHandledByAll) {
    kit::ManualClock clock;
    kit::MemoryStore store(clock);
    Trimmer trimmer(store, clock, 1000);
    emit(store, 2500);
    clock.advance_ms(500);
    emit(store, 10);

    ASSERT_TRUE(kit::run(trimmer.trim(2510)));
    EXPECT_EQ(oldest(store), 1U) << "nothing is old enough";
    clock.advance_ms(501);
    ASSERT_TRUE(kit::run(trimmer.trim(2200)));
    EXPECT_EQ(oldest(store), 2201U) << "a consumer still needs the rest";
    ASSERT_TRUE(kit::run(trimmer.trim(2510)));
    EXPECT_EQ(oldest(store), 2501U) << "the rest is too young";
    clock.advance_ms(500);
    ASSERT_TRUE(kit::run(trimmer.trim(2510)));
    EXPECT_EQ(oldest(store), 0U);
}

TEST(Backoff, DoublesUpToItsLimitAndDrawsHalfOfIt) {
    using std::chrono::milliseconds;
    Backoff backoff(milliseconds(100), milliseconds(1000), 7);
    const auto between = [&](std::uint32_t failures, int low, int high) {
        bool differs = false;
        const milliseconds first = backoff.after(failures);
        for (int i = 0; i < 100; ++i) {
            const milliseconds wait = backoff.after(failures);
            EXPECT_GE(wait.count(), low);
            EXPECT_LE(wait.count(), high);
            differs = differs || wait != first;
        }
        EXPECT_TRUE(differs) << "no jitter";
    };
    between(1, 50, 100);
    between(2, 100, 200);
    between(4, 400, 800);
    between(5, 500, 1000);
    between(4'000'000'000, 500, 1000);
}

TEST(DeadLetter, HasTheBytesOfTheDocument) {
    DeadLetter letter;
    letter.event = {258, 1'767'225'600'000, {14, "hi"}};
    letter.buried_at_ms = 1'767'225'600'001;
    letter.tries = 8;
    letter.error = "no";
    const ports::Key key = dead_letter_key("notify", 258);
    EXPECT_EQ(key.sort, std::string("\0\0\0\0\0\0\1\2", 8));
    EXPECT_EQ(
        encode(letter),
        "\x80\xd0\xea\xb6\xb7\x33"
        "\x0e"
        "\x02hi"
        "\x81\xd0\xea\xb6\xb7\x33"
        "\x08"
        "\x02no"
    );
    EXPECT_EQ(decode_dead_letter(key.sort, encode(letter)).value(), letter);
}

TEST(DeadLetter, DoesNotParseWhenItIsCutOrLonger) {
    DeadLetter letter;
    letter.event = {1, 2, {3, "payload"}};
    const std::string whole = encode(letter);
    const std::string sort = dead_letter_key("x", 1).sort;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(decode_dead_letter(sort, whole.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_dead_letter(sort, whole + "x"));
    EXPECT_FALSE(decode_dead_letter("short", whole));
}

TEST(Checkpoint, HasTheBytesOfTheDocument) {
    EXPECT_EQ(encode_checkpoint(258), std::string("\0\0\0\0\0\0\1\2", 8));
    EXPECT_EQ(decode_checkpoint(encode_checkpoint(258)).value(), 258U);
    EXPECT_FALSE(decode_checkpoint("258"));
}

}  // namespace
}  // namespace rookery::events
