#include "load/home_source.h"

#include <fmt/format.h>

#include <algorithm>

namespace rookery::load {

namespace {

constexpr const char* kHomePath = "/api/v1/timelines/home";
constexpr std::size_t kPageSize = 20;
constexpr std::size_t kCursors = 2000;
constexpr std::uint64_t kPagesTurnedMax = 3;

}  // namespace

std::vector<std::string> HomeSource::kinds() const {
    switch (page_) {
        case HomePage::kFirst:
            return {"home"};
        case HomePage::kDeeper:
            return {"home-deeper"};
        case HomePage::kPoll:
            return {"home-poll"};
    }
    return {};
}

std::string HomeSource::path(const Cursor& cursor) const {
    if (cursor.id.empty()) {
        return kHomePath;
    }
    const bool deeper = page_ == HomePage::kDeeper;
    return fmt::format("{}?{}={}", kHomePath, deeper ? "max_id" : "since_id", cursor.id);
}

Result<void> HomeSource::prepare(Fetcher& fetcher) {
    if (page_ == HomePage::kFirst) {
        return {};
    }
    Random random(scene_.seed ^ 0xC0C0ULL);
    const bool deeper = page_ == HomePage::kDeeper;
    std::vector<Cursor> turning;
    for (std::size_t i = 0; i < std::min(kCursors, scene_.people.size()); ++i) {
        turning.push_back({
            .reader = scene_.readers.draw(random),
            .pages_left =
                deeper ? static_cast<std::uint32_t>(1 + random.below(kPagesTurnedMax)) : 1,
        });
    }
    while (!turning.empty()) {
        std::vector<std::string> requests;
        for (const Cursor& cursor : turning) {
            requests.push_back(scene_.target.get(path(cursor), scene_.people.token(cursor.reader)));
        }
        TRY(const auto bodies, fetcher.bodies(std::move(requests)));
        std::vector<Cursor> still_turning;
        for (std::size_t i = 0; i < turning.size(); ++i) {
            TRY(const auto page, parse_page(bodies[i]));
            Cursor& cursor = turning[i];
            if (page.size() < (deeper ? kPageSize : 1)) {
                continue;  // there is no page below, or nothing to poll above
            }
            cursor.id = deeper ? page.back().id : page.front().id;
            --cursor.pages_left;
            (cursor.pages_left == 0 ? cursors_ : still_turning).push_back(std::move(cursor));
        }
        turning = std::move(still_turning);
    }
    return {};
}

std::uint32_t HomeSource::first_page_request(Plan& plan, std::uint32_t reader) {
    requests_.resize(scene_.people.size(), Operation::kNone);
    if (requests_[reader] == Operation::kNone) {
        requests_[reader] =
            plan.add_request(scene_.target.get(kHomePath, scene_.people.token(reader)));
    }
    return requests_[reader];
}

void HomeSource::add(Plan& plan, std::int64_t at_ns, Random& random) {
    Operation operation{.at_ns = at_ns, .kind = first_kind()};
    if (cursors_.empty()) {  // the first page; also if nobody has a page to turn
        operation.who = scene_.readers.draw(random);
        operation.request = first_page_request(plan, operation.who);
    } else {
        operation.about = static_cast<std::uint32_t>(random.below(cursors_.size()));
        Cursor& cursor = cursors_[operation.about];
        operation.who = cursor.reader;
        if (cursor.request == Operation::kNone) {
            cursor.request =
                plan.add_request(scene_.target.get(path(cursor), scene_.people.token(cursor.reader))
                );
        }
        operation.request = cursor.request;
    }
    plan.operations.push_back(operation);
}

PageBounds HomeSource::bounds(const Operation& operation) const {
    PageBounds bounds{.limit = kPageSize};
    if (operation.about != Operation::kNone) {
        (page_ == HomePage::kDeeper ? bounds.below : bounds.above) = cursors_[operation.about].id;
    }
    return bounds;
}

std::optional<std::string> HomeSource::judge(const KeptAnswer& answer) const {
    const auto page = parse_page(answer.body);
    if (!page) {
        return page.error().message;
    }
    return check_order(*page, bounds(answer.operation));
}

}  // namespace rookery::load
