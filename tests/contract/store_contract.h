#pragma once

#include "kit/task_driver.h"
#include "ports/partitions.h"
#include "ports/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rookery::contract {

/// An implementation under test, with what it needs to live.
class StoreUnderTest {
public:
    virtual ~StoreUnderTest() = default;
    virtual ports::Store& store() = 0;
    virtual ports::Partitions& partitions() = 0;
    /// As if the process had been stopped and started; nothing to do where rows live in memory.
    virtual void reopen() = 0;
};

struct StoreCase {
    std::string name;
    std::function<std::unique_ptr<StoreUnderTest>()> make;
};

inline constexpr ports::Table kTable{1};
inline constexpr ports::Table kOtherTable{2};

inline ports::Key key(std::string partition, std::string sort = {}) {
    return {kTable, std::move(partition), std::move(sort)};
}

/// What every ports::Store promises; instantiated in stores.cc.
class StoreContract : public testing::TestWithParam<StoreCase> {
protected:
    ports::Store& store() { return tested_->store(); }
    void reopen() { tested_->reopen(); }
    std::vector<std::string>
    partitions(ports::Table table, std::optional<std::string> after, std::size_t limit) {
        return kit::run(tested_->partitions().partitions(table, std::move(after), limit)).value();
    }

    Result<ports::EventId> commit(ports::Batch batch) {
        return kit::run(store().commit(std::move(batch)));
    }
    void put(ports::Key at, std::string value) {
        ports::Batch batch;
        batch.put(std::move(at), std::move(value));
        ASSERT_TRUE(commit(std::move(batch)).has_value());
    }
    std::optional<std::string> get(ports::Key at) {
        return kit::run(store().get(std::move(at))).value();
    }
    /// Four zeros if the row is absent.
    ports::Counters counters(ports::Key at) {
        const auto bytes = get(std::move(at));
        return bytes ? ports::decode_counters(*bytes).value() : ports::Counters{};
    }
    /// "sort=value" of each row.
    std::vector<std::string> scan(ports::Range range) {
        std::vector<std::string> found;
        for (const ports::Row& row : kit::run(store().scan(std::move(range))).value()) {
            found.push_back(row.sort + "=" + row.value);
        }
        return found;
    }
    std::vector<ports::StoredEvent> events(ports::EventId after = 0, std::size_t limit = 1000) {
        return kit::run(store().read_events(after, limit)).value();
    }

private:
    std::unique_ptr<StoreUnderTest> tested_ = GetParam().make();
};

}  // namespace rookery::contract
