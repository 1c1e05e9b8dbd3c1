#pragma once

#include "load/source.h"

#include <string>
#include <vector>

namespace rookery::load {

/// Reads of whole threads. Makes 32 threads of 20 answers each before the run.
class ThreadSource final : public RequestSource {
public:
    explicit ThreadSource(Scene scene) : scene_(scene) {}

    [[nodiscard]] std::vector<std::string> kinds() const override { return {"thread"}; }
    [[nodiscard]] Result<void> prepare(Fetcher& fetcher) override;
    void add(Plan& plan, std::int64_t at_ns, Random& random) override;
    [[nodiscard]] std::optional<std::string> judge(const KeptAnswer& answer) const override;

private:
    Scene scene_;
    std::vector<std::string> roots_;  ///< ids of the first posts
};

}  // namespace rookery::load
