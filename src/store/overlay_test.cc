#include "store/overlay.h"

#include "store/key_codec.h"

#include <gtest/gtest.h>

namespace rookery::store {
namespace {

using ports::Batch;
using ports::Counters;
using ports::Key;

const Key kKey{ports::Table{1}, "p", "s"};

std::optional<std::string> read_over(const Overlay& overlay, std::optional<std::string> below) {
    return overlay
        .read(
            encode_key(kKey),
            [&](const std::string&) -> Result<std::optional<std::string>> { return below; }
        )
        .value();
}

TEST(Overlay, ShowsWhatLiesBelowWhereNothingWasRecorded) {
    EXPECT_EQ(read_over(Overlay(), "below"), "below");
    EXPECT_EQ(read_over(Overlay(), std::nullopt), std::nullopt);
}

TEST(Overlay, CoversWhatLiesBelowWithPutsAndErasures) {
    Overlay overlay;
    Batch put;
    put.put(kKey, "above");
    overlay.record(put);
    EXPECT_EQ(read_over(overlay, "below"), "above");
    Batch erase;
    erase.erase(kKey);
    overlay.record(erase);
    EXPECT_EQ(read_over(overlay, "below"), std::nullopt);
}

TEST(Overlay, AddsToWhateverTheCounterIsByThen) {
    const std::string three = ports::encode_counters({3, 0, 0, 0});
    Overlay overlay;
    Batch add;
    add.add(kKey, Counters{1, 2, 0, 0});
    overlay.record(add);
    overlay.record(add);
    EXPECT_EQ(read_over(overlay, three), ports::encode_counters({5, 4, 0, 0}));
    EXPECT_EQ(read_over(overlay, std::nullopt), ports::encode_counters({2, 4, 0, 0}));
    Batch put;
    put.put(kKey, three);
    put.add(kKey, Counters{1, 0, 0, 0});
    overlay.record(put);
    EXPECT_EQ(read_over(overlay, std::nullopt), ports::encode_counters({4, 0, 0, 0}));
    Batch erase;
    erase.erase(kKey);
    erase.add(kKey, Counters{9, 0, 0, 0});
    overlay.record(erase);
    EXPECT_EQ(read_over(overlay, three), ports::encode_counters({9, 0, 0, 0}));
}

TEST(Overlay, RefusesToAddToWhatIsNoCounter) {
    Overlay overlay;
    Batch add;
    add.add(kKey, Counters{1, 0, 0, 0});
    overlay.record(add);
    const auto read = overlay.read(
        encode_key(kKey),
        [](const std::string&) -> Result<std::optional<std::string>> { return "text"; }
    );
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace rookery::store
