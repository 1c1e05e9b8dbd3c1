#include "load/thread_source.h"

#include "load/made_up_text.h"
#include "load/page.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <utility>

namespace rookery::load {

namespace {

constexpr std::size_t kThreads = 32;
constexpr std::size_t kAnswers = 20;

}  // namespace

Result<void> ThreadSource::prepare(Fetcher& fetcher) {
    Random random(scene_.seed ^ 0x7EADULL);
    const auto post = [&](const std::string& reply_to) {
        const auto author = random.below(scene_.people.size());
        const std::string parent =
            reply_to.empty() ? "" : fmt::format(R"(,"in_reply_to_id":"{}")", reply_to);
        const std::string text = made_up_text(random, "thread");
        return scene_.target.send(
            "POST",
            "/api/v1/statuses",
            scene_.people.token(author),
            fmt::format(R"({{"status":"{}"{}}})", text, parent)
        );
    };
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < kThreads; ++i) {
        requests.push_back(post(""));
    }
    TRY(const auto bodies, fetcher.bodies(std::exchange(requests, {})));
    for (const std::string& body : bodies) {
        TRY(const auto page, parse_page("[" + body + "]"));
        roots_.push_back(page.front().id);
        for (std::size_t i = 0; i < kAnswers; ++i) {
            requests.push_back(post(roots_.back()));
        }
    }
    auto answers = fetcher.bodies(std::move(requests));
    return answers ? Result<void>{} : std::move(answers).error();
}

void ThreadSource::add(Plan& plan, std::int64_t at_ns, Random& random) {
    const std::uint32_t reader = scene_.readers.draw(random);
    const auto thread = static_cast<std::uint32_t>(random.below(roots_.size()));
    plan.operations.push_back({
        .at_ns = at_ns,
        .request = plan.add_request(scene_.target.get(
            fmt::format("/api/v1/statuses/{}/context", roots_[thread]), scene_.people.token(reader)
        )),
        .who = reader,
        .about = thread,
        .kind = first_kind(),
    });
}

std::optional<std::string> ThreadSource::judge(const KeptAnswer& answer) const {
    boost::system::error_code error;
    const boost::json::value json = boost::json::parse(answer.body, error);
    const boost::json::object* context = error ? nullptr : json.if_object();
    const boost::json::value* below =
        context == nullptr ? nullptr : context->if_contains("descendants");
    if (below == nullptr || !below->is_array()) {
        return "the answer is no context";
    }
    const auto page = parse_page(boost::json::serialize(*below));
    if (!page) {
        return page.error().message;
    }
    if (page->size() != kAnswers) {
        return fmt::format("{} answers in a thread that has {}", page->size(), kAnswers);
    }
    for (const PageEntry& entry : *page) {
        if (entry.reply_to != roots_[answer.operation.about]) {
            return fmt::format("post {} is of another thread", entry.id);
        }
    }
    return std::nullopt;
}

}  // namespace rookery::load
