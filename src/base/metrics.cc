#include "base/metrics.h"

#include <fmt/format.h>

namespace rookery::metrics {

namespace {

std::string escape_label(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\\' || c == '"') {
            out.push_back('\\');
            out.push_back(c);
        } else if (c == '\n') {
            out += "\\n";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

std::string format_labels(const Labels& labels, std::string_view bound = {}) {
    std::string out;
    for (const auto& [name, value] : labels) {
        out += fmt::format("{}{}=\"{}\"", out.empty() ? "{" : ",", name, escape_label(value));
    }
    if (!bound.empty()) {
        out += fmt::format("{}le=\"{}\"", out.empty() ? "{" : ",", bound);
    }
    return out.empty() ? out : out + "}";
}

std::string expose_histogram(std::string_view name, const Labels& labels, const Histogram& h) {
    std::string out;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i <= Histogram::kBoundsSeconds.size(); ++i) {
        total += h.count_in_bucket(i);
        const std::string bound = i < Histogram::kBoundsSeconds.size()
                                      ? fmt::format("{}", Histogram::kBoundsSeconds.at(i))
                                      : "+Inf";
        out += fmt::format("{}_bucket{} {}\n", name, format_labels(labels, bound), total);
    }
    out += fmt::format("{}_sum{} {}\n", name, format_labels(labels), h.sum_seconds());
    out += fmt::format("{}_count{} {}\n", name, format_labels(labels), total);
    return out;
}

}  // namespace

void Histogram::observe_seconds(double seconds) {
    std::size_t index = 0;
    while (index < kBoundsSeconds.size() && seconds > kBoundsSeconds.at(index)) {
        ++index;
    }
    buckets_.at(index).fetch_add(1, std::memory_order_relaxed);
    const double ns = seconds > 0 ? seconds * 1e9 : 0;
    sum_ns_.fetch_add(static_cast<std::uint64_t>(ns), std::memory_order_relaxed);
}

Registry::Series& Registry::series(
    std::string_view name,
    std::string_view help,
    std::string_view type,
    Labels labels
) {
    auto& family = families_[std::string(name)];
    if (family.help.empty()) {
        family.help = help;
        family.type = type;
    }
    for (const auto& existing : family.series) {
        if (existing->labels == labels) {
            return *existing;
        }
    }
    family.series.push_back(std::make_unique<Series>());
    family.series.back()->labels = std::move(labels);
    return *family.series.back();
}

Counter& Registry::counter(std::string_view name, std::string_view help, Labels labels) {
    const std::lock_guard lock(mutex_);
    Series& s = series(name, help, "counter", std::move(labels));
    if (!s.counter) {
        s.counter = std::make_unique<Counter>();
    }
    return *s.counter;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, Labels labels) {
    const std::lock_guard lock(mutex_);
    Series& s = series(name, help, "gauge", std::move(labels));
    if (!s.gauge) {
        s.gauge = std::make_unique<Gauge>();
    }
    return *s.gauge;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help, Labels labels) {
    const std::lock_guard lock(mutex_);
    Series& s = series(name, help, "histogram", std::move(labels));
    if (!s.histogram) {
        s.histogram = std::make_unique<Histogram>();
    }
    return *s.histogram;
}

void Registry::gauge_function(
    std::string_view name,
    std::string_view help,
    Labels labels,
    std::function<double()> read
) {
    const std::lock_guard lock(mutex_);
    series(name, help, "gauge", std::move(labels)).read = std::move(read);
}

void Registry::counter_function(
    std::string_view name,
    std::string_view help,
    Labels labels,
    std::function<double()> read
) {
    const std::lock_guard lock(mutex_);
    series(name, help, "counter", std::move(labels)).read = std::move(read);
}

std::string Registry::expose() const {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& [name, family] : families_) {
        out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, family.help, name, family.type);
        for (const auto& s : family.series) {
            const std::string labels = format_labels(s->labels);
            if (s->counter) {
                out += fmt::format("{}{} {}\n", name, labels, s->counter->value());
            } else if (s->gauge) {
                out += fmt::format("{}{} {}\n", name, labels, s->gauge->value());
            } else if (s->histogram) {
                out += expose_histogram(name, s->labels, *s->histogram);
            } else if (s->read) {
                out += fmt::format("{}{} {}\n", name, labels, s->read());
            }
        }
    }
    return out;
}

}  // namespace rookery::metrics
