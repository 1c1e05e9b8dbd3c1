#pragma once

#include "load/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::load {

/// Posts by people drawn evenly, each with a text of its own. Every answer is read, because judging
/// home pages needs to know which posts there are.
class PostSource final : public RequestSource {
public:
    explicit PostSource(Scene scene) : scene_(scene) {}

    [[nodiscard]] std::vector<std::string> kinds() const override { return {"post"}; }
    void add(Plan& plan, std::int64_t at_ns, Random& random) override;
    [[nodiscard]] bool keeps_all() const override { return true; }
    [[nodiscard]] std::optional<std::string> judge(const KeptAnswer& answer) const override;

private:
    Scene scene_;
    std::vector<std::string> marks_;  ///< of each post: the word that only its text has
};

}  // namespace rookery::load
