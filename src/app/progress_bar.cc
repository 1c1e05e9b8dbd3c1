#include "app/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace rookery::app {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kSilence{500};
constexpr milliseconds kRedraw{100};
constexpr milliseconds kLogLine{2000};
constexpr int kWidth = 30;

}  // namespace

ProgressBar::ProgressBar(std::string title, std::string unit)
    : title_(std::move(title)),
      unit_(std::move(unit)),
      terminal_(::isatty(STDERR_FILENO) == 1),
      begun_(steady_clock::now()),
      shown_(begun_) {}

ProgressBar::~ProgressBar() {
    if (drawn_ && terminal_) {
        fmt::print(stderr, "\r\x1b[K");
    }
}

double ProgressBar::seconds() const {
    return std::chrono::duration<double>(steady_clock::now() - begun_).count();
}

bool ProgressBar::is_due() {
    const auto now = steady_clock::now();
    if (now - begun_ < kSilence || now - shown_ < (terminal_ ? kRedraw : kLogLine)) {
        return false;
    }
    shown_ = now;
    drawn_ = true;
    return true;
}

void ProgressBar::show_count(std::uint64_t done) {
    if (is_due()) {
        const double rate = static_cast<double>(done) / std::max(seconds(), 0.001);
        fmt::print(
            stderr,
            "{}{}: {} {}, {:.0f}/s{}",
            terminal_ ? "\r" : "",
            title_,
            done,
            unit_,
            rate,
            terminal_ ? "\x1b[K" : "\n"
        );
        static_cast<void>(std::fflush(stderr));
    }
}

void ProgressBar::show(double fraction, std::uint64_t done) {
    if (!is_due()) {
        return;
    }
    fraction = std::clamp(fraction, 0.0, 1.0);
    const double rate = static_cast<double>(done) / std::max(seconds(), 0.001);
    if (!terminal_) {
        fmt::print(
            stderr, "{}: {:.0f} %, {} {}, {:.0f}/s\n", title_, fraction * 100, done, unit_, rate
        );
        return;
    }
    const int filled = static_cast<int>(fraction * kWidth);
    fmt::print(
        stderr,
        "\r{} [{:#<{}}{:.<{}}] {:3.0f} %  {} {}  {:.0f}/s\x1b[K",
        title_,
        "",
        filled,
        "",
        kWidth - filled,
        fraction * 100,
        done,
        unit_,
        rate
    );
    static_cast<void>(std::fflush(stderr));
}

}  // namespace rookery::app
