#pragma once

#include "load/source.h"

#include <string>
#include <vector>

namespace rookery::load {

/// Requests from a file, in turn, for servers and paths that no other source knows. A line is
/// "METHOD PATH [TOKEN|-] [BODY]", the body being the rest of the line; # begins a comment.
class RawSource final : public RequestSource {
public:
    RawSource(Scene scene, std::string path) : scene_(scene), path_(std::move(path)) {}

    [[nodiscard]] std::vector<std::string> kinds() const override { return {"raw"}; }
    [[nodiscard]] Result<void> prepare(Fetcher& fetcher) override;
    void add(Plan& plan, std::int64_t at_ns, Random& random) override;
    /// That the answer was a success is all that can be told.
    [[nodiscard]] std::optional<std::string> judge(const KeptAnswer& /*answer*/) const override {
        return std::nullopt;
    }

private:
    Scene scene_;
    std::string path_;
    std::vector<std::string> lines_;  ///< bytes of the requests
    std::vector<std::uint32_t> requests_;
    std::size_t next_ = 0;
};

}  // namespace rookery::load
