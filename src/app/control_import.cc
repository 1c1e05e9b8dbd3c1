#include "app/control.h"
#include "app/import_lines.h"
#include "base/json_writer.h"
#include "base/log.h"

#include <algorithm>
#include <utility>

namespace rookery::app {

namespace {

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

Result<std::string> to_json(const Result<social::ImportProgress>& progress) {
    if (!progress) {
        return progress.error();
    }
    std::string out;
    JsonWriter(out)
        .begin_object()
        .field("lines", progress->lines)
        .field("made", progress->made)
        .field("accounts", progress->accounts)
        .field("skipped", progress->skipped)
        .end_object();
    return out;
}

}  // namespace

Result<std::shared_ptr<LineImport>> Control::take_import(const http::Params& params, bool is_new) {
    const std::string key = key_of(params);
    const std::lock_guard lock(imports_mutex_);
    const auto found = imports_.find(key);
    if (found != imports_.end() && found->second == nullptr) {
        return fail(ErrorCode::kInvalid, "another import of the same name is under way");
    }
    if (is_new) {
        TRY(auto import,
            make_line_import(
                core_, params.get_or("kind", ""), std::string(params.get_or("name", ""))
            ));
        imports_[key] = nullptr;
        return import;
    }
    if (found == imports_.end()) {
        return fail(ErrorCode::kInvalid, "the import was not begun");
    }
    return std::exchange(found->second, nullptr);
}

void Control::give_back(const http::Params& params, std::shared_ptr<LineImport> import) {
    const std::lock_guard lock(imports_mutex_);
    if (import) {
        imports_[key_of(params)] = std::move(import);
    } else {
        imports_.erase(key_of(params));
    }
}

Task<Result<std::string>> Control::import_begin(http::Params params) {
    CO_TRY(const auto import, take_import(params, true));
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
    co_return to_json(progress);
}

Task<Result<std::string>> Control::import_add(http::Params params) {
    const auto lines_done = params.get_number("lines_done");
    std::vector<std::string> lines = split_lines(params.get_or("lines", ""));
    if (!lines_done || *lines_done < static_cast<std::int64_t>(lines.size())) {
        co_return fail(ErrorCode::kInvalid, "lines_done must be the number of the last line");
    }
    CO_TRY(const auto import, take_import(params, false));
    const auto progress =
        co_await import->add(std::move(lines), static_cast<std::uint64_t>(*lines_done));
    give_back(params, import);
    co_return to_json(progress);
}

Task<Result<std::string>> Control::import_finish(http::Params params) {
    CO_TRY(const auto import, take_import(params, false));
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
    co_return to_json(progress);
}

}  // namespace rookery::app
