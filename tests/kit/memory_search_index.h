#pragma once

#include "ports/search_index.h"

#include <cstdint>
#include <map>
#include <mutex>

namespace rookery::kit {

/// An index that looks at every document at every search: the model of all others, and the index of
/// tests that need one.
class MemorySearchIndex final : public ports::SearchIndex {
public:
    [[nodiscard]] Task<Result<void>>
    apply(std::vector<ports::SearchChange> changes, ports::EventId checkpoint) override;
    [[nodiscard]] Task<Result<std::vector<ports::SearchHit>>> search(ports::SearchQuery query
    ) override;
    [[nodiscard]] Task<Result<std::vector<TermCount>>>
    complete(std::string prefix, std::size_t limit) override;
    [[nodiscard]] Task<Result<void>> flush() override;
    [[nodiscard]] ports::EventId checkpoint() const override;
    [[nodiscard]] Size size() const override;

private:
    mutable std::mutex mutex_;
    std::map<std::uint64_t, ports::SearchDocument> documents_;
    ports::EventId applied_ = 0;
    ports::EventId durable_ = 0;
};

}  // namespace rookery::kit
