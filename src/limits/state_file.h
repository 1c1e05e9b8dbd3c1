#pragma once

#include "base/result.h"
#include "limits/limit.h"
#include "limits/limit_key.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace rookery::limits {

/// A limit, and all that gives its states their meaning besides their algorithm's code: what it
/// counts, and of its quota what must not change.
struct NamedLimit {
    std::string name;
    Limit* limit = nullptr;
};

/// What keys have used, in a file, so that a restart is no reset: what was charged after the last
/// save() is lost, and no more. Described with worked bytes in docs/formats/limits.md. By one
/// thread at a time; the limits may be used meanwhile.
class StateFile {
public:
    /// Opens the file, or one without anything. A torn end is dropped; kCorrupt if it is no such
    /// file, kUnavailable if it cannot be read or made.
    [[nodiscard]] static Result<std::unique_ptr<StateFile>> open(std::string path);
    ~StateFile();
    StateFile(const StateFile&) = delete;
    StateFile& operator=(const StateFile&) = delete;

    /// By which all keys of the limits must be made.
    [[nodiscard]] const KeyHasher& hasher() const { return hasher_; }

    /// Gives the limits what the file has of them. Once, before save().
    void restore(std::span<const NamedLimit> limits, Nanos now);

    /// Appends what was charged since the last time, durably; writes the file anew when most of it
    /// is outdated.
    [[nodiscard]] Result<void> save(std::span<const NamedLimit> limits, Nanos now);
    /// Writes the file anew: what is right for limits that were not there the last time.
    [[nodiscard]] Result<void> save_all(std::span<const NamedLimit> limits, Nanos now);

private:
    StateFile(std::string path, const KeyHasher::Secret& secret, std::string contents);
    /// The states of all limits as batches.
    [[nodiscard]] std::string
    batches(std::span<const NamedLimit> limits, Limit::Which which, Nanos now) const;

    const std::string path_;
    const KeyHasher hasher_;
    std::string contents_;  ///< batches, until restore()
    int file_ = -1;
    std::size_t bytes_ = 0;
    std::size_t bytes_when_new_ = 0;
};

}  // namespace rookery::limits
