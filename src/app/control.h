#pragma once

#include "app/core.h"
#include "app/import_lines.h"
#include "base/result.h"
#include "base/task.h"
#include "base/task_group.h"
#include "events/runner.h"
#include "http/params.h"
#include "http/router.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rookery::app {

/// What an operator may ask of a data directory, by name: "account.create", "import.follows" … The
/// same code serves the control socket of a running server and a command on a stopped one's data.
/// Each operation takes parameters as text and returns JSON. Thread-safe.
class Control {
public:
    /// `core` and `runner` must outlive it. `runner` is null where no server runs.
    Control(Core& core, events::Runner* runner) : core_(core), runner_(runner) {}
    Control(const Control&) = delete;
    Control& operator=(const Control&) = delete;

    /// Ends what goes on here in the background; while those who run operations still do.
    void stop();

    /// kNotFound for an unknown operation.
    [[nodiscard]] Task<Result<std::string>> run(std::string operation, http::Params params);

    [[nodiscard]] static std::vector<std::string_view> operations();

    /// What "config.reload" does; before the first run().
    void on_reload(std::function<Result<std::string>()> reload) { reload_ = std::move(reload); }

private:
    using Answer = Task<Result<std::string>>;
    using Operation = Answer (Control::*)(http::Params);
    struct Entry {
        std::string_view name;
        Operation run;
    };
    [[nodiscard]] static const std::vector<Entry>& table();

    // control_accounts.cc
    Answer account_create(http::Params params);
    Answer account_list(http::Params params);
    Answer account_show(http::Params params);
    Answer account_reset(http::Params params);
    Answer account_token(http::Params params);
    Answer account_suspend(http::Params params);
    Answer account_unsuspend(http::Params params);
    Answer account_role(http::Params params);
    Task<Result<social::AccountPtr>> named_account(std::string name);
    Task<Result<std::string>> issue_token(social::AccountPtr account, std::string token);
    Answer set_suspended(http::Params params, bool suspended);

    // control_events.cc
    Answer dead_list(http::Params params);
    Answer dead_replay(http::Params params);
    Answer dead_discard(http::Params params);
    Answer events_drain(http::Params params);

    // control_config.cc
    Answer config_reload(http::Params params);

    // control_search.cc
    Answer search_reindex(http::Params params);
    Answer search_progress(http::Params params);

    // control_import.cc
    Answer import_begin(http::Params params);
    Answer import_add(http::Params params);
    Answer import_finish(http::Params params);
    /// An import between its begin and its end. Whoever began it last has its number: a client that
    /// another has taken the import from is told so.
    struct Import {
        std::uint64_t session = 0;
        std::shared_ptr<LineImport> lines;  ///< null while an operation uses it
        std::chrono::steady_clock::time_point used_at{};
        bool is_watched = false;
    };
    /// Makes a new import the one of its kind and name. kConflict while an operation uses it.
    Result<std::uint64_t> replace_import(const http::Params& params);
    /// Null if another has taken it over.
    Import* import_of(const http::Params& params);
    /// For the caller alone until it is given back. Waits a while for an operation that uses it.
    Task<Result<std::shared_ptr<LineImport>>> take_import(http::Params params);
    /// Null ends it.
    void give_back(const http::Params& params, std::shared_ptr<LineImport> lines);
    /// Has an import that a running server takes in watched, until it ends or is left.
    void watch(Executor executor, const http::Params& params);
    /// Shows what an import brought whose client has gone without finishing it. The client may come
    /// back and go on.
    Task<void> show_when_left(http::Params params);

    Core& core_;
    events::Runner* runner_;
    std::function<Result<std::string>()> reload_;
    std::mutex imports_mutex_;
    std::map<std::string, Import> imports_;  // by kind and name, guarded by imports_mutex_
    std::uint64_t sessions_begun_ = 0;       // guarded by imports_mutex_
    TaskGroup watches_{"watching an import"};
};

/// POST /control/NAME for each operation. `control` must outlive the router.
[[nodiscard]] http::Router control_router(Control& control);

}  // namespace rookery::app
