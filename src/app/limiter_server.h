#pragma once

#include "base/result.h"
#include "limits/shared/shared_store_config.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rookery::app {

/// What `rookery limiter` is told.
struct LimiterConfig {
    std::vector<std::string> files;         ///< files and directories of Envoy's configuration
    std::string listen = "127.0.0.1:8090";  ///< HTTP
    std::string grpc = "127.0.0.1:8081";    ///< "none": no gRPC
    unsigned threads = 0;                   ///< of HTTP; 0: one for each core
    std::string data;                       ///< where counts outlive a restart; empty: they do not
    limits::SharedStoreConfig store;        ///< that nodes share; no url: none
    std::string metrics_token;
    bool all_shadow = false;
    bool with_fields = true;  ///< gRPC answers carry fields for the client
};

/// A whole running limiter service: limits, HTTP, gRPC.
class LimiterServer {
public:
    /// Errors are sentences for the operator: a file that is wrong, an address that is taken.
    [[nodiscard]] static Result<std::unique_ptr<LimiterServer>> start(LimiterConfig config);
    /// Only reads the files; how many limits they have.
    [[nodiscard]] static Result<std::size_t> check(const LimiterConfig& config);

    /// Stops: health turns false first, requests under way end.
    ~LimiterServer();
    LimiterServer(const LimiterServer&) = delete;
    LimiterServer& operator=(const LimiterServer&) = delete;

    /// Reads the files again. If they are wrong, all stays as it is, and the log says why.
    void reload();
    /// The same if a file has changed since they were read.
    void reload_if_changed();

    [[nodiscard]] std::uint16_t http_port() const;
    [[nodiscard]] std::uint16_t grpc_port() const;  ///< 0: no gRPC

private:
    struct Parts;
    explicit LimiterServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace rookery::app
