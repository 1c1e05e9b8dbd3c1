#include "social/viewers.h"

#include "kit/manual_clock.h"
#include "kit/memory_store.h"
#include "kit/task_driver.h"
#include "social/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace rookery::social {
namespace {

TEST(Viewers, HoldAllOfWhatIsScannedInManySteps) {
    constexpr std::uint64_t kBlocked = 4500;
    kit::ManualClock clock;
    kit::MemoryStore store;
    IdGenerator ids{clock, 0, 1};
    BlockingPool pool{1};
    Viewers viewers(Environment{store, clock, ids, pool, "home.example"});
    const AccountId reader(7);
    ports::Batch batch;
    for (std::uint64_t i = 1; i <= kBlocked; ++i) {
        batch.put({tables::kBlocks, tables::id_bytes(reader), tables::id_bytes(AccountId(i))}, "");
    }
    batch.put({tables::kBlockedBy, tables::id_bytes(reader), tables::id_bytes(AccountId(9))}, "");
    ASSERT_TRUE(kit::run(store.commit(std::move(batch))));
    const ViewerPtr viewer = *kit::run(viewers.find(reader));
    ASSERT_EQ(viewer->blocking.size(), kBlocked);
    EXPECT_TRUE(std::ranges::is_sorted(viewer->blocking));
    EXPECT_EQ(viewer->blocking.back(), AccountId(kBlocked));
    EXPECT_EQ(viewer->blocked_by, std::vector<AccountId>{AccountId(9)});
    EXPECT_TRUE(viewer->following.empty());
}

}  // namespace
}  // namespace rookery::social
