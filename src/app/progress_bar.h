#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace rookery::app {

/// One line on standard error that says how far something is and how fast: redrawn in place on a
/// terminal, a line every few seconds elsewhere. Silent for the first half second, so that what is
/// quick stays quiet.
class ProgressBar {
public:
    /// `title` like "Importing follows", `unit` like "follows".
    ProgressBar(std::string title, std::string unit);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// `fraction` of the whole, `done` units so far of this run.
    void show(double fraction, std::uint64_t done);

    /// Where the whole is not known.
    void show_count(std::uint64_t done);

    [[nodiscard]] double seconds() const;

private:
    [[nodiscard]] bool is_due();

    using Time = std::chrono::steady_clock::time_point;

    std::string title_;
    std::string unit_;
    bool terminal_;
    bool drawn_ = false;
    Time begun_;
    Time shown_;
};

}  // namespace rookery::app
