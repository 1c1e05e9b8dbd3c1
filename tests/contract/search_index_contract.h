#pragma once

#include "kit/task_driver.h"
#include "ports/search_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rookery::contract {

/// An index under test, with what it needs to live.
class SearchIndexUnderTest {
public:
    virtual ~SearchIndexUnderTest() = default;
    virtual ports::SearchIndex& index() = 0;
    /// As if the process had been killed and started again; false where all lives in memory.
    virtual bool reopen() = 0;
};

struct SearchIndexCase {
    std::string name;
    std::function<std::unique_ptr<SearchIndexUnderTest>()> make;
};

/// What every ports::SearchIndex promises; instantiated in search_indexes.cc.
class SearchIndexContract : public testing::TestWithParam<SearchIndexCase> {
protected:
    using Node = ports::SearchNode;
    using Kind = ports::SearchNode::Kind;
    using Ids = std::vector<std::uint64_t>;

    ports::SearchIndex& index() { return tested_->index(); }
    bool reopen() { return tested_->reopen(); }

    /// A document of the words of `text`, which stand at their places and count for the score.
    static ports::SearchDocument document(std::uint64_t id, const std::string& text);
    void put(std::uint64_t id, const std::string& text);
    void erase(std::uint64_t id);
    void apply(std::vector<ports::SearchChange> changes, ports::EventId checkpoint = 0) {
        ASSERT_TRUE(kit::run(index().apply(std::move(changes), checkpoint)));
    }
    void flush() { ASSERT_TRUE(kit::run(index().flush())); }

    std::vector<ports::SearchHit> hits(ports::SearchQuery query) {
        return kit::run(index().search(std::move(query))).value();
    }
    Ids search(ports::SearchQuery query) {
        Ids ids;
        for (const ports::SearchHit& hit : hits(std::move(query))) {
            ids.push_back(hit.id);
        }
        return ids;
    }
    Ids search(Node node, std::size_t limit = 100) {
        ports::SearchQuery query;
        query.matches = std::move(node);
        query.limit = limit;
        return search(std::move(query));
    }

    static Node term(std::string text) { return {Kind::kTerm, {std::move(text)}, {}, {}}; }
    static Node prefix(std::string text) { return {Kind::kPrefix, {std::move(text)}, {}, {}}; }
    static Node phrase(std::vector<std::string> words) {
        return {Kind::kPhrase, std::move(words), {}, {}};
    }
    static Node all_of(std::vector<Node> nodes) { return {Kind::kAnd, {}, std::move(nodes), {}}; }
    static Node any_of(std::vector<Node> nodes) { return {Kind::kOr, {}, std::move(nodes), {}}; }
    static Node none_of(Node node) { return {Kind::kNot, {}, {std::move(node)}, {}}; }
    static Node ids(Ids wanted) { return {Kind::kIds, {}, {}, std::move(wanted)}; }

private:
    std::unique_ptr<SearchIndexUnderTest> tested_ = GetParam().make();
};

}  // namespace rookery::contract
