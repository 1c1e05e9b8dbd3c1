#pragma once

#include "load/source.h"

namespace rookery::load {

/// Reads of the posts of one account, the newest 20.
class ProfileSource final : public RequestSource {
public:
    explicit ProfileSource(Scene scene) : scene_(scene) {}

    [[nodiscard]] std::vector<std::string> kinds() const override { return {"profile"}; }
    void add(Plan& plan, std::int64_t at_ns, Random& random) override;
    [[nodiscard]] std::optional<std::string> judge(const KeptAnswer& answer) const override;

private:
    Scene scene_;
};

}  // namespace rookery::load
