#include "app/operator_link.h"

#include "app/control.h"
#include "app/control_client.h"
#include "app/core.h"
#include "app/run_task.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace rookery::app {

namespace {

class SocketLink final : public OperatorLink {
public:
    explicit SocketLink(ControlClient client) : client_(std::move(client)) {}

    Result<std::string> ask(std::string operation, http::Params params) override {
        return client_.ask(operation, params);
    }
    [[nodiscard]] bool is_remote() const override { return true; }

private:
    ControlClient client_;
};

class StoreLink final : public OperatorLink {
public:
    static Result<std::unique_ptr<OperatorLink>>
    open(const Config& config, const std::string& data) {
        auto link = std::make_unique<StoreLink>();
        TRY(link->core_, Core::open(config, data, link->clock_, link->registry_));
        if (auto begun = run_task(link->core_->begin()); !begun) {
            return std::move(begun).error();
        }
        link->control_ = std::make_unique<Control>(*link->core_, nullptr);
        return link;
    }
    // An exception here is a bug: to end the process is right.
    // NOLINTNEXTLINE(bugprone-exception-escape)
    ~StoreLink() override {
        if (core_) {
            static_cast<void>(run_task(core_->remember_time()));
        }
    }
    StoreLink() = default;
    StoreLink(const StoreLink&) = delete;
    StoreLink& operator=(const StoreLink&) = delete;

    Result<std::string> ask(std::string operation, http::Params params) override {
        return run_task(control_->run(std::move(operation), std::move(params)));
    }
    [[nodiscard]] bool is_remote() const override { return false; }
    [[nodiscard]] Core* own_core() override { return core_.get(); }

private:
    SystemClock clock_;
    metrics::Registry registry_;
    std::unique_ptr<Core> core_;
    std::unique_ptr<Control> control_;
};

}  // namespace

Result<std::unique_ptr<OperatorLink>>
OperatorLink::open(const Config& config, const std::string& data, bool may_create) {
    if (auto client = ControlClient::connect(data)) {
        return std::make_unique<SocketLink>(std::move(*client));
    }
    if (!may_create && !std::filesystem::exists(store_path(data))) {
        return fail(
            ErrorCode::kInvalid,
            fmt::format("there is no data of Rookery in {}; name its directory with --data", data)
        );
    }
    return StoreLink::open(config, data);
}

}  // namespace rookery::app
