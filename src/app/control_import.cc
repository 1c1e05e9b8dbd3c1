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
/// A client that sends nothing for so long has gone, or waits for its own input.
constexpr std::chrono::seconds kLeftAfter{10};
constexpr std::chrono::seconds kLookEvery{1};

Task<void> pause(std::chrono::milliseconds time) {
    Timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>{});
}

std::string key_of(const http::Params& params) {
    return std::string(params.get_or("kind", "")) + " " + std::string(params.get_or("name", ""));
}

/// What an import is known by, without the lines that come with it.
http::Params identity_of(const http::Params& params) {
    http::Params identity;
    for (const std::string_view name : {"kind", "name", "session"}) {
        identity.add(std::string(name), std::string(params.get_or(name, "")));
    }
    return identity;
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
        make_line_import(
            core_,
            params.get_or("kind", ""),
            std::string(params.get_or("name", "")),
            runner_ == nullptr
        ));
    const std::lock_guard lock(imports_mutex_);
    const auto found = imports_.find(key_of(params));
    if (found != imports_.end() && found->second.lines == nullptr) {
        return fail(ErrorCode::kConflict, "another import of the same name is under way");
    }
    imports_[key_of(params)] = {.session = ++sessions_begun_, .lines = std::move(lines)};
    return sessions_begun_;
}

Task<Result<std::shared_ptr<LineImport>>> Control::take_import(http::Params params) {
    for (int i = 0; i < kBusyTries; ++i) {
        {
            const std::lock_guard lock(imports_mutex_);
            Import* import = import_of(params);
            if (import == nullptr) {
                co_return fail(
                    ErrorCode::kConflict, "another import of the same name has taken over"
                );
            }
            if (import->lines != nullptr) {
                co_return std::exchange(import->lines, nullptr);
            }
        }
        co_await pause(kBusyPause);
    }
    co_return fail(ErrorCode::kConflict, "the last step of this import has not ended");
}

/// With the imports' mutex held.
Control::Import* Control::import_of(const http::Params& params) {
    const auto found = imports_.find(key_of(params));
    const auto session = parse_id_digits(params.get_or("session", ""));
    const bool is_it = found != imports_.end() && session == found->second.session;
    return is_it ? &found->second : nullptr;
}

void Control::give_back(const http::Params& params, std::shared_ptr<LineImport> lines) {
    const std::lock_guard lock(imports_mutex_);
    if (lines) {
        Import& import = imports_[key_of(params)];
        import.lines = std::move(lines);
        import.used_at = std::chrono::steady_clock::now();
    } else {
        imports_.erase(key_of(params));
    }
}

void Control::watch(Executor executor, const http::Params& params) {
    {
        const std::lock_guard lock(imports_mutex_);
        Import* import = import_of(params);
        if (runner_ == nullptr || import == nullptr || std::exchange(import->is_watched, true)) {
            return;
        }
    }
    watches_.spawn(std::move(executor), show_when_left(identity_of(params)));
}

Task<void> Control::show_when_left(http::Params params) {
    std::shared_ptr<LineImport> left;
    while (!left) {
        co_await pause(kLookEvery);
        const std::lock_guard lock(imports_mutex_);
        Import* import = import_of(params);
        if (import == nullptr) {
            co_return;
        }
        if (import->lines && std::chrono::steady_clock::now() - import->used_at >= kLeftAfter) {
            left = std::exchange(import->lines, nullptr);
            import->is_watched = false;
        }
    }
    const auto shown = co_await left->finish();
    give_back(params, left);
    if (!shown) {
        log::error(
            "import left by its client: what it brought cannot be shown",
            {{"kind", params.get_or("kind", "")},
             {"name", params.get_or("name", "")},
             {"error", shown.error().message}}
        );
        co_return;
    }
    log::warning(
        "import left by its client: what it brought is shown, and repeating it goes on from there",
        {{"kind", params.get_or("kind", "")},
         {"name", params.get_or("name", "")},
         {"lines_done", shown->lines}}
    );
}

void Control::stop() {
    constexpr std::chrono::seconds kPatience{5};
    watches_.cancel();
    watches_.wait(kPatience);
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
    CO_TRY(const auto import, co_await take_import(identity_of(params)));
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
    CO_TRY(const auto import, co_await take_import(identity_of(params)));
    const auto progress =
        co_await import->add(std::move(lines), static_cast<std::uint64_t>(*lines_done));
    give_back(params, import);
    watch(co_await boost::asio::this_coro::executor, params);
    co_return to_json(progress, 0);
}

Task<Result<std::string>> Control::import_finish(http::Params params) {
    CO_TRY(const auto import, co_await take_import(identity_of(params)));
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
