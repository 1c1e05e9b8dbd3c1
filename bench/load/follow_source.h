#pragma once

#include "load/source.h"

#include <cstdint>
#include <vector>

namespace rookery::load {

/// Follows, each undone half a second later, between people of whom one does not follow the other
/// before. After the run all are undone.
class FollowSource final : public RequestSource {
public:
    explicit FollowSource(Scene scene) : scene_(scene) {}

    [[nodiscard]] std::vector<std::string> kinds() const override { return {"follow", "unfollow"}; }
    [[nodiscard]] Result<void> prepare(Fetcher& fetcher) override;
    void add(Plan& plan, std::int64_t at_ns, Random& random) override;
    [[nodiscard]] std::optional<std::string> judge(const KeptAnswer& answer) const override;
    [[nodiscard]] Result<void> restore(Fetcher& fetcher) override;

private:
    struct Pair {
        std::uint32_t follower = 0;
        std::uint32_t followee = 0;
        std::uint32_t last = Operation::kNone;  ///< the operation before on this pair
    };

    [[nodiscard]] std::string request(const Pair& pair, const char* verb) const;

    Scene scene_;
    std::vector<Pair> pairs_;
    std::size_t next_ = 0;
};

}  // namespace rookery::load
