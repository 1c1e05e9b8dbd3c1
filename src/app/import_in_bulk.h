#pragma once

#include "app/core.h"
#include "app/line_source.h"
#include "app/progress_bar.h"
#include "base/result.h"
#include "social/import_progress.h"

#include <optional>
#include <string>

namespace rookery::app {

/// Loads a whole graph into the data of a stopped server in one piece (social/graph_bulk_import.h).
/// Nothing, and no line read, if the data does not allow that: then the import goes step by step.
/// `data` is the data directory, in which it sorts.
[[nodiscard]] Result<std::optional<social::ImportProgress>> import_graph_in_bulk(
    Core& core,
    const std::string& data,
    const std::string& name,
    LineSource& source,
    ProgressBar& bar
);

}  // namespace rookery::app
