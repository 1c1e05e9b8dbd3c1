#pragma once

#include "api/limiter/limiter.h"
#include "base/metrics.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace rookery::api::limiter {

struct GrpcServerConfig {
    /// "127.0.0.1:8081", "[::1]:8081" or "unix:/path"; port 0: any free one.
    std::string address = "127.0.0.1:8081";
    std::size_t message_bytes_max = 1024 * 1024;
    /// Whether answers carry fields for the client (answer.h, header_fields()).
    bool with_fields = true;
    std::uint32_t drain_timeout_ms = 10'000;  ///< at stop, for calls under way
};

/// Envoy's RateLimitService over gRPC without TLS, and gRPC's standard health service. Calls are
/// answered on gRPC's own threads; those that ask the shared store wait on a thread of the
/// limiter's.
class GrpcServer {
public:
    /// Binds and serves. `limiter` and `registry` must outlive it. kUnavailable: the address cannot
    /// be had.
    [[nodiscard]] static Result<std::unique_ptr<GrpcServer>>
    start(GrpcServerConfig config, Limiter& limiter, metrics::Registry& registry);
    /// Stops if that was not done.
    ~GrpcServer();
    GrpcServer(const GrpcServer&) = delete;
    GrpcServer& operator=(const GrpcServer&) = delete;

    /// 0 of a Unix socket.
    [[nodiscard]] std::uint16_t port() const;
    /// Health says NOT_SERVING, no new call is taken, those under way end.
    void stop();

private:
    class State;
    explicit GrpcServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace rookery::api::limiter
