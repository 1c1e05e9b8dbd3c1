#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

/// How far somebody has read a timeline, shared by all their apps.
struct Marker {
    std::uint64_t last_read_id = 0;
    std::uint64_t version = 0;  ///< counts changes; 0: never set
    UnixMs updated_at_ms = 0;

    bool operator==(const Marker&) const = default;
};

[[nodiscard]] std::string encode(const Marker& marker);
[[nodiscard]] Result<Marker> decode_marker(std::string_view bytes);

/// Reading positions by timeline ("home", "notifications"). Thread-safe.
class Markers {
public:
    explicit Markers(Environment environment) : environment_(environment) {}

    /// In the order of `timelines`; version 0 where none was set.
    [[nodiscard]] Task<Result<std::vector<Marker>>>
    find(AccountId account, std::vector<std::string> timelines);

    /// As it is afterwards. kConflict if another app set it at the same moment.
    [[nodiscard]] Task<Result<Marker>>
    set(AccountId account, std::string timeline, std::uint64_t last_read_id);

private:
    Environment environment_;
};

}  // namespace rookery::social
