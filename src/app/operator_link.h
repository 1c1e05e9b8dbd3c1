#pragma once

#include "app/config.h"
#include "base/result.h"
#include "http/params.h"

#include <memory>
#include <string>

namespace rookery::app {

class Core;

/// An operator's way to a data directory: through the control socket if a server runs on it, and
/// else by opening the store for the life of the link. What can be asked, and what happens then, is
/// the same (control.h).
class OperatorLink {
public:
    virtual ~OperatorLink() = default;

    /// kInvalid if there is no data directory at `data` and `may_create` is false; kUnavailable if
    /// something else holds it and does not answer.
    [[nodiscard]] static Result<std::unique_ptr<OperatorLink>>
    open(const Config& config, const std::string& data, bool may_create);

    [[nodiscard]] virtual Result<std::string> ask(std::string operation, http::Params params) = 0;

    /// True if it talks to a server.
    [[nodiscard]] virtual bool is_remote() const = 0;

    /// The core that works on the data, which nobody else uses; null if a server does.
    [[nodiscard]] virtual Core* own_core() { return nullptr; }
};

}  // namespace rookery::app
