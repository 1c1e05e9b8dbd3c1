#include "contract/store_contract.h"

namespace rookery::contract {

using ports::Batch;
using ports::Event;
using ports::StoredEvent;

namespace {

Batch emitting(std::initializer_list<const char*> payloads) {
    Batch batch;
    for (const char* payload : payloads) {
        batch.emit({1, payload});
    }
    return batch;
}

std::string payloads(std::span<const StoredEvent> events) {
    std::string all;
    for (const StoredEvent& event : events) {
        all += event.event.payload;
    }
    return all;
}

}  // namespace

TEST_P(StoreContract, NumbersEventsInTheOrderOfCommits) {
    EXPECT_EQ(store().horizon(), 0U);
    const auto first = commit(emitting({"a", "b"})).value();
    EXPECT_EQ(store().horizon(), first);
    EXPECT_EQ(commit(Batch{}).value(), 0U);
    const auto second = commit(emitting({"c"})).value();
    EXPECT_GT(second, first);
    EXPECT_EQ(store().horizon(), second);
    EXPECT_EQ(payloads(events()), "abc");
    EXPECT_EQ(events().back().id, second);
}

TEST_P(StoreContract, ReadsEventsAfterAnIdUpToALimit) {
    ASSERT_TRUE(commit(emitting({"a", "b", "c", "d"})));
    const auto firsts = events(0, 2);
    EXPECT_EQ(payloads(firsts), "ab");
    EXPECT_EQ(payloads(events(firsts.back().id, 2)), "cd");
    EXPECT_TRUE(events(store().horizon()).empty());
    EXPECT_TRUE(events(0, 0).empty());
}

TEST_P(StoreContract, KeepsTypePayloadAndTimeOfAnEvent) {
    const std::string payload("\x00\xff any bytes", 12);
    Batch batch;
    batch.emit({65535, payload});
    ASSERT_TRUE(commit(std::move(batch)));
    ASSERT_EQ(events().size(), 1U);
    EXPECT_EQ(events()[0].event, (Event{65535, payload}));
    EXPECT_GT(events()[0].at_ms, 1'600'000'000'000);
}

TEST_P(StoreContract, ForgetsTrimmedEventsAndNeverUsesTheirIdsAgain) {
    const auto second = commit(emitting({"a", "b"})).value();
    ASSERT_TRUE(commit(emitting({"c"})));
    ASSERT_TRUE(kit::run(store().trim_events(second)));
    EXPECT_EQ(payloads(events()), "c");
    const auto newest = store().horizon();
    ASSERT_TRUE(kit::run(store().trim_events(newest + 100)));
    EXPECT_TRUE(events().empty());
    reopen();
    EXPECT_EQ(store().horizon(), newest);
    EXPECT_GT(commit(emitting({"d"})).value(), newest);
    EXPECT_EQ(payloads(events()), "d");
    ASSERT_TRUE(kit::run(store().trim_events(1)));
    EXPECT_EQ(payloads(events()), "d");
}

TEST_P(StoreContract, TellsTheListenerBeforeItAcknowledges) {
    std::vector<StoredEvent> heard;
    store().set_commit_listener([&](std::span<const StoredEvent> events) {
        heard.insert(heard.end(), events.begin(), events.end());
    });
    for (const char* payload : {"a", "b", "c"}) {
        const std::size_t before = heard.size();
        const auto id = commit(emitting({payload, payload})).value();
        ASSERT_EQ(heard.size(), before + 2);
        EXPECT_EQ(heard.back().id, id);
    }
    EXPECT_EQ(heard, events());
}

TEST_P(StoreContract, HasAFrontierThatNoEventARowWasSeenOfIsAbove) {
    EXPECT_EQ(store().frontier(), 0U);
    const auto first = commit(emitting({"a"})).value();
    EXPECT_EQ(store().frontier(), first);
    // Whoever is told of an event may read its rows: the frontier has reached it by then.
    std::vector<ports::EventId> too_low;
    store().set_commit_listener([&](std::span<const StoredEvent> events) {
        if (store().frontier() < events.back().id) {
            too_low.push_back(events.back().id);
        }
    });
    const auto second = commit(emitting({"b", "c"})).value();
    EXPECT_EQ(store().frontier(), second);
    EXPECT_TRUE(too_low.empty());
    Batch refused = emitting({"d"});
    refused.expect_present(key("missing"));
    EXPECT_FALSE(commit(std::move(refused)));
    EXPECT_GE(commit(emitting({"e"})).value(), second + 1);
    reopen();
    EXPECT_GE(store().frontier(), second + 1);
}

TEST_P(StoreContract, TellsTheListenerNothingOfAFailedCommit) {
    std::size_t heard = 0;
    store().set_commit_listener([&](std::span<const StoredEvent> events) { heard += events.size(); }
    );
    Batch batch = emitting({"a"});
    batch.expect_present(key("missing"));
    EXPECT_FALSE(commit(std::move(batch)));
    EXPECT_EQ(heard, 0U);
}

}  // namespace rookery::contract
