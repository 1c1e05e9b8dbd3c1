#pragma once

#include "base/random.h"
#include "base/result.h"
#include "load/fetcher.h"
#include "load/people.h"
#include "load/plan.h"
#include "load/recorder.h"
#include "load/target.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rookery::load {

/// Draws accounts: uniformly, or by Zipf's law (the k-th most active with a share of k^-exponent),
/// where who is active has nothing to do with the account's number.
class PeopleChoice {
public:
    /// `exponent` 0: uniform.
    PeopleChoice(std::size_t count, double exponent, std::uint64_t seed);

    [[nodiscard]] std::uint32_t draw(Random& random) const;

private:
    std::size_t count_;
    std::vector<double> cumulative_;  ///< empty if uniform
    std::vector<std::uint32_t> by_rank_;
};

/// Whom and what a run's requests are about. Outlives the sources.
struct Scene {
    const Target& target;
    const People& people;
    const PeopleChoice& readers;
    std::uint64_t seed;
};

/// Makes the requests of one kind (or of a few that belong together) and judges their answers.
class RequestSource {
public:
    RequestSource() = default;
    RequestSource(const RequestSource&) = delete;
    RequestSource& operator=(const RequestSource&) = delete;
    virtual ~RequestSource() = default;

    [[nodiscard]] virtual std::vector<std::string> kinds() const = 0;
    /// The run's number of its first kind.
    void number_kinds(std::uint8_t first) { first_kind_ = first; }
    [[nodiscard]] bool owns(std::uint8_t kind) const {
        return kind >= first_kind_ && kind < first_kind_ + kinds().size();
    }

    /// Asks the server for what the requests need; before the run, not measured.
    [[nodiscard]] virtual Result<void> prepare(Fetcher& /*fetcher*/) { return {}; }
    /// Appends the operation of one arrival (and what follows from it).
    virtual void add(Plan& plan, std::int64_t at_ns, Random& random) = 0;
    /// Whether every answer is needed, not only a sample.
    [[nodiscard]] virtual bool keeps_all() const { return false; }
    /// A complaint in words, or nothing if the answer is right as far as it tells by itself.
    [[nodiscard]] virtual std::optional<std::string> judge(const KeptAnswer& answer) const = 0;

    /// Undoes what the run left behind; after the run, not measured.
    [[nodiscard]] virtual Result<void> restore(Fetcher& /*fetcher*/) { return {}; }

protected:
    [[nodiscard]] std::uint8_t first_kind() const { return first_kind_; }

private:
    std::uint8_t first_kind_ = 0;
};

}  // namespace rookery::load
