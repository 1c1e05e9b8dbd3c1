#include "app/control.h"
#include "app/import_lines.h"
#include "base/json_writer.h"
#include "base/log.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace rookery::app {

namespace {

using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

constexpr int kBusyTries = 200;
constexpr std::chrono::milliseconds kBusyPause{50};

Task<void> pause(std::chrono::milliseconds time) {
    Timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>{});
}

std::string key_of(const http::Params& params) {
    return std::string(params.get_or("kind", "")) + " " + std::string(params.get_or("name", ""));
}

/// An empty line counts: the end of each line is what separates.
std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

Result<std::string> to_json(const Result<social::ImportProgress>& progress, std::uint64_t session) {
    if (!progress) {
        return progress.error();
    }
    std::string out;
    JsonWriter(out)
        .begin_object()
        .field("session", std::to_string(session))
        .field("lines", progress->lines)
        .field("made", progress->made)
        .field("accounts", progress->accounts)
        .field("skipped", progress->skipped)
        .end_object();
    return out;
}

}  // namespace

Result<std::uint64_t> Control::replace_import(const http::Params& params) {
    TRY(auto lines,
        make_line_import(core_, params.get_or("kind", ""), std::string(params.get_or("name", ""))));
    const std::lock_guard lock(imports_mutex_);
    const auto found = imports_.find(key_of(params));
    if (found != imports_.end() && found->second.lines == nullptr) {
        return fail(ErrorCode::kConflict, "another import of the same name is under way");
    }
    imports_[key_of(params)] = {++sessions_begun_, std::move(lines)};
    return sessions_begun_;
}

Result<std::shared_ptr<LineImport>> Control::take_import(const http::Params& params) {
    const std::lock_guard lock(imports_mutex_);
    const auto found = imports_.find(key_of(params));
    const auto session = parse_id_digits(params.get_or("session", ""));
    if (found == imports_.end() || session != found->second.session) {
        return fail(ErrorCode::kConflict, "another import of the same name has taken over");
    }
    if (found->second.lines == nullptr) {
        return fail(ErrorCode::kConflict, "the last step of this import has not ended");
    }
    return std::exchange(found->second.lines, nullptr);
}

void Control::give_back(const http::Params& params, std::shared_ptr<LineImport> lines) {
    const std::lock_guard lock(imports_mutex_);
    if (lines) {
        imports_[key_of(params)].lines = std::move(lines);
    } else {
        imports_.erase(key_of(params));
    }
}

Task<Result<std::string>> Control::import_begin(http::Params params) {
    // The client of the last import may have been killed while its last step runs on here.
    Result<std::uint64_t> session = replace_import(params);
    for (int i = 0; i < kBusyTries && !session && session.error().code == ErrorCode::kConflict;
         ++i) {
        co_await pause(kBusyPause);
        session = replace_import(params);
    }
    if (!session) {
        co_return std::move(session).error();
    }
    params.add("session", std::to_string(*session));
    CO_TRY(const auto import, take_import(params));
    const auto progress = co_await import->begin();
    give_back(params, progress ? import : nullptr);
    if (progress) {
        log::info(
            "import begins",
            {{"kind", params.get_or("kind", "")},
             {"name", params.get_or("name", "")},
             {"lines_done", progress->lines}}
        );
    }
    co_return to_json(progress, *session);
}

Task<Result<std::string>> Control::import_add(http::Params params) {
    const auto lines_done = params.get_number("lines_done");
    std::vector<std::string> lines = split_lines(params.get_or("lines", ""));
    if (!lines_done || *lines_done < static_cast<std::int64_t>(lines.size())) {
        co_return fail(ErrorCode::kInvalid, "lines_done must be the number of the last line");
    }
    CO_TRY(const auto import, take_import(params));
    const auto progress =
        co_await import->add(std::move(lines), static_cast<std::uint64_t>(*lines_done));
    give_back(params, import);
    co_return to_json(progress, 0);
}

Task<Result<std::string>> Control::import_finish(http::Params params) {
    CO_TRY(const auto import, take_import(params));
    const auto progress = co_await import->finish();
    give_back(params, nullptr);
    if (progress) {
        log::info(
            "import ends",
            {{"kind", params.get_or("kind", "")},
             {"name", params.get_or("name", "")},
             {"made", progress->made},
             {"skipped", progress->skipped}}
        );
    }
    co_return to_json(progress, 0);
}

}  // namespace rookery::app
