#include "app/control.h"

namespace rookery::app {

Task<Result<std::string>> Control::config_reload(http::Params /*params*/) {
    if (!reload_) {
        co_return fail(ErrorCode::kInvalid, "no server runs on this data directory");
    }
    co_return reload_();
}

}  // namespace rookery::app
