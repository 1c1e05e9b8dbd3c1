#include "api/limiter/outcomes.h"

#include "base/encoding.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::api::limiter {

namespace {

constexpr std::array<std::string_view, 4> kNames{"allowed", "refused", "shadowed", "spared"};

std::string escape_label(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') {
            out.push_back('\\');
        }
        out.push_back(c);
    }
    return out;
}

}  // namespace

Outcomes::Outcomes(std::string_view domain, std::string rule)
    : rule_(std::move(rule)),
      labels_(fmt::format("domain=\"{}\",rule=\"{}\"", escape_label(domain), escape_label(rule_))) {
}

void Outcomes::count(Outcome outcome, const std::string_view* value) {
    const auto index = static_cast<std::size_t>(outcome);
    if (value == nullptr) {
        all_.at(index).fetch_add(1, std::memory_order_relaxed);
        return;
    }
    const std::lock_guard lock(mutex_);
    auto found = values_.find(*value);
    if (found == values_.end() && values_.size() < kValuesMax && is_valid_utf8(*value)) {
        found = values_.emplace(std::string(*value), std::make_unique<Counts>()).first;
    }
    Counts& counts = found == values_.end() ? all_ : *found->second;
    counts.at(index).fetch_add(1, std::memory_order_relaxed);
}

void Outcomes::expose(std::string& out) const {
    expose(all_, "", out);
    const std::lock_guard lock(mutex_);
    for (const auto& [value, counts] : values_) {
        expose(*counts, fmt::format(",value=\"{}\"", escape_label(value)), out);
    }
}

void Outcomes::expose(const Counts& counts, const std::string& more_labels, std::string& out)
    const {
    for (std::size_t i = 0; i < counts.size(); ++i) {
        out += fmt::format(
            "rookery_limiter_decisions_total{{{}{},outcome=\"{}\"}} {}\n",
            labels_,
            more_labels,
            kNames.at(i),
            counts.at(i).load(std::memory_order_relaxed)
        );
    }
}

}  // namespace rookery::api::limiter
