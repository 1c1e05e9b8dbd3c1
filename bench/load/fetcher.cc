#include "load/fetcher.h"

#include "load/clock.h"
#include "load/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rookery::load {

namespace {

constexpr std::size_t kConnections = 64;
constexpr double kPatienceSeconds = 600;

/// Path and query of what the Link header calls "next".
std::string next_path(std::string_view head) {
    const std::size_t rel = head.find("rel=\"next\"");
    const std::size_t begin = rel == std::string_view::npos ? rel : head.rfind('<', rel);
    if (begin == std::string_view::npos) {
        return "";
    }
    const std::string_view url = head.substr(begin + 1, head.find('>', begin) - begin - 1);
    const std::size_t path = url.find('/', url.find("://") + 3);
    return path == std::string_view::npos ? "" : std::string(url.substr(path));
}

class Collector final : public AnswerSink {
public:
    explicit Collector(std::size_t count) : fetched_(count) {}

    void noticed(const Operation& /*operation*/, std::int64_t /*late_ns*/) override {}
    void failed(const Operation&, Failure, std::int64_t) override {}
    void answered(std::uint32_t index, const Operation&, const Answer& answer) override {
        fetched_[index] = {
            .status = answer.status,
            .body = std::string(answer.body),
            .next = next_path(answer.head),
            .done_ns = clock_ns(),
        };
    }

    std::vector<Fetched> take() { return std::move(fetched_); }

private:
    std::vector<Fetched> fetched_;
};

}  // namespace

Result<std::vector<Fetched>> Fetcher::fetch(std::vector<std::string> requests) {
    Plan plan;
    plan.requests = std::move(requests);
    for (std::uint32_t i = 0; i < plan.requests.size(); ++i) {
        plan.operations.push_back({.request = i, .keep = true});
    }
    if (plan.operations.empty()) {
        return std::vector<Fetched>();
    }
    Engine engine(
        target_,
        {.connections = std::min(kConnections, plan.operations.size()),
         .drain_seconds = kPatienceSeconds}
    );
    if (auto opened = engine.open(); !opened) {
        return std::move(opened).error();
    }
    Collector collector(plan.operations.size());
    engine.run(plan, collector);
    return collector.take();
}

Result<std::vector<std::string>> Fetcher::bodies(std::vector<std::string> requests) {
    std::vector<std::string> first_lines;
    for (const std::string& request : requests) {
        first_lines.push_back(request.substr(0, request.find('\r')));
    }
    TRY(auto fetched, fetch(std::move(requests)));
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < fetched.size(); ++i) {
        if (fetched[i].status < 200 || fetched[i].status >= 300) {
            return fail(
                ErrorCode::kInvalid,
                fmt::format(
                    "\"{}\" was answered with {}: {}",
                    first_lines[i],
                    fetched[i].status,
                    fetched[i].body.substr(0, 200)
                )
            );
        }
        bodies.push_back(std::move(fetched[i].body));
    }
    return bodies;
}

}  // namespace rookery::load
