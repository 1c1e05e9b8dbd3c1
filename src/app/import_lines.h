#pragma once

#include "app/core.h"
#include "base/result.h"
#include "base/task.h"
#include "social/import_progress.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rookery::app {

/// Takes an import in as lines of text, whatever a line of its kind means. One coroutine at a time.
class LineImport {
public:
    virtual ~LineImport() = default;

    /// First: what earlier runs of the same name did.
    [[nodiscard]] virtual Task<Result<social::ImportProgress>> begin() = 0;
    /// `lines` end with line number `lines_done`. kInvalid names the line that is wrong; then none
    /// of these was taken.
    [[nodiscard]] virtual Task<Result<social::ImportProgress>>
    add(std::vector<std::string> lines, std::uint64_t lines_done) = 0;
    /// Shows everybody what was added; more may be added after it.
    [[nodiscard]] virtual Task<Result<social::ImportProgress>> finish() = 0;
};

/// What a token made by the operator may do: all that a person may.
inline constexpr std::string_view kOperatorScopes = "read write follow push profile";

/// What an import is remembered by: two kinds may read files of one name.
[[nodiscard]] std::string import_name(std::string_view kind, std::string_view name);

/// `kind` is "follows", "posts" or "tokens"; kInvalid for another. `is_alone`: no server runs on
/// the data. `core` must outlive the import.
[[nodiscard]] Result<std::shared_ptr<LineImport>>
make_line_import(Core& core, std::string_view kind, std::string name, bool is_alone);

}  // namespace rookery::app
