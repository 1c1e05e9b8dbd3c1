#include "api/limiter/get_request.h"

#include "base/encoding.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace rookery::api::limiter {

namespace {

constexpr std::string_view kParameter = "entry";
constexpr std::string_view kField = "x-ratelimit-entry";
constexpr std::size_t kDescriptorsMax = 9;

/// Which descriptor "entry", "entry2", … means, from 0; nothing if it is another name.
std::optional<std::size_t> number_of(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) {
        return std::nullopt;
    }
    name.remove_prefix(prefix.size());
    if (name.empty()) {
        return 0;
    }
    if (name.size() == 1 && name.front() >= '2' && name.front() <= '9') {
        return static_cast<std::size_t>(name.front() - '1');
    }
    return std::nullopt;
}

class EntryReader {
public:
    [[nodiscard]] Result<void> add(std::size_t number, std::string_view text) {
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos || equals == 0) {
            return fail(
                ErrorCode::kInvalid, fmt::format("an entry is key=value, not \"{}\"", text)
            );
        }
        descriptors_.at(number).entries.push_back({text.substr(0, equals), text.substr(equals + 1)}
        );
        return {};
    }

    [[nodiscard]] std::vector<Descriptor> take() {
        std::vector<Descriptor> named;
        for (Descriptor& descriptor : descriptors_) {
            if (!descriptor.entries.empty()) {
                named.push_back(std::move(descriptor));
            }
        }
        return named;
    }

private:
    std::array<Descriptor, kDescriptorsMax> descriptors_;
};

Result<void> read_parameter(
    const std::string& name,
    const std::string& value,
    EntryReader& entries,
    GetRequest& out
) {
    if (name == "domain") {
        out.request.domain = value;
        return {};
    }
    if (const auto number = number_of(name, kParameter)) {
        return entries.add(*number, value);
    }
    http::Params one;
    one.add(name, value);
    const auto number = one.get_number(name);
    if (name == "hits") {
        if (!number || *number < 0 || *number > UINT32_MAX) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format("hits must be a whole number from 0 to {}", UINT32_MAX)
            );
        }
        out.request.hits = static_cast<std::uint64_t>(*number);
        return {};
    }
    if (name == "refused") {
        if (!number || *number < 400 || *number > 599) {
            return fail(ErrorCode::kInvalid, "refused must be a status from 400 to 599");
        }
        out.refused_status = static_cast<int>(*number);
        return {};
    }
    return fail(
        ErrorCode::kInvalid,
        fmt::format(
            "there is no parameter {}, only domain, hits, refused, entry, entry2 to entry9", name
        )
    );
}

}  // namespace

Result<GetRequest> read_get_request(const http::Request& sent) {
    GetRequest out;
    EntryReader entries;
    for (const auto& [name, value] : sent.params.all()) {
        if (auto read = read_parameter(name, value, entries, out); !read) {
            return std::move(read).error();
        }
    }
    for (const auto& [name, value] : sent.headers) {
        const auto number = number_of(name, kField);
        if (!number) {
            continue;
        }
        if (auto added = entries.add(*number, value); !added) {
            return std::move(added).error();
        }
    }
    out.request.descriptors = entries.take();
    return out;
}

}  // namespace rookery::api::limiter
