#pragma once

#include "app/core.h"
#include "base/result.h"
#include "base/task.h"
#include "http/params.h"
#include "http/router.h"

#include <string>
#include <string_view>
#include <vector>

namespace rookery::app {

/// What an operator may ask of a data directory, by name: "account.create", "import.follows" … The
/// same code serves the control socket of a running server and a command on a stopped one's data.
/// Each operation takes parameters as text and returns JSON. Thread-safe.
class Control {
public:
    /// `core` must outlive it.
    explicit Control(Core& core) : core_(core) {}

    /// kNotFound for an unknown operation.
    [[nodiscard]] Task<Result<std::string>> run(std::string operation, http::Params params);

    [[nodiscard]] static std::vector<std::string_view> operations();

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

    Core& core_;
};

/// POST /control/NAME for each operation. `control` must outlive the router.
[[nodiscard]] http::Router control_router(Control& control);

}  // namespace rookery::app
