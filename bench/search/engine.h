#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace rookery::bench {

/// One way to find posts by their words, used as well as its makers let one use it. What fails
/// throws. For one thread.
class Engine {
public:
    virtual ~Engine() = default;

    /// Ids ascend by one.
    virtual void add(std::uint64_t id, const std::string& text) = 0;
    /// All posts are added: does what is good for searches, and makes everything durable.
    virtual void finish() = 0;
    /// Puts the newest `limit` posts that have all of the words, in any form, into `ids`.
    virtual void newest(
        const std::vector<std::string>& words,
        std::size_t limit,
        std::vector<std::uint64_t>& ids
    ) = 0;
};

/// The engine of this program, with its files in an empty folder.
[[nodiscard]] std::unique_ptr<Engine> open_engine(const std::filesystem::path& folder);

}  // namespace rookery::bench
