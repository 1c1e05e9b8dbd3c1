#include "api/limiter/grpc_server.h"

#include "api/limiter/rls_messages.h"
#include "base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <envoy/service/ratelimit/v3/rls.grpc.pb.h>
#include <fmt/format.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>

#include <chrono>
#include <exception>
#include <utility>

namespace rookery::api::limiter {

namespace {

namespace rls = envoy::service::ratelimit::v3;

/// What Envoy's own service is called in health checks.
constexpr const char* kHealthName = "ratelimit";

grpc::Status status_of(const Error& error) {
    return {
        error.code == ErrorCode::kTooLarge ? grpc::StatusCode::RESOURCE_EXHAUSTED
                                           : grpc::StatusCode::INVALID_ARGUMENT,
        error.message
    };
}

class RateLimitCalls final : public rls::RateLimitService::CallbackService {
public:
    RateLimitCalls(Limiter& limiter, metrics::Registry& registry, bool with_fields)
        : limiter_(limiter),
          with_fields_(with_fields),
          seconds_(registry.histogram(
              "rookery_limiter_request_seconds",
              "Time from a whole request to its decision, by protocol.",
              {{"protocol", "grpc"}}
          )),
          failed_(registry.counter(
              "rookery_limiter_requests_failed_total",
              "Requests that could not be decided because they are wrong, by protocol.",
              {{"protocol", "grpc"}}
          )) {}

    grpc::ServerUnaryReactor* ShouldRateLimit(
        grpc::CallbackServerContext* context,
        const rls::RateLimitRequest* message,
        rls::RateLimitResponse* response
    ) override {
        grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
        const auto begun = std::chrono::steady_clock::now();
        const LimitRequest request = from_message(*message);
        if (auto decided = limiter_.try_decide(request)) {
            finish(*reactor, *decided, *response, begun);
            return reactor;
        }
        // The messages live until the call is finished.
        boost::asio::co_spawn(
            limiter_.executor(),
            limiter_.decide(from_message(*message)),
            [this, reactor, response, begun](std::exception_ptr thrown, Result<Answer> decided) {
                if (thrown) {
                    reactor->Finish({grpc::StatusCode::INTERNAL, "something went wrong here"});
                    return;
                }
                finish(*reactor, decided, *response, begun);
            }
        );
        return reactor;
    }

private:
    void finish(
        grpc::ServerUnaryReactor& reactor,
        const Result<Answer>& decided,
        rls::RateLimitResponse& response,
        std::chrono::steady_clock::time_point begun
    ) {
        if (!decided) {
            failed_.add();
            reactor.Finish(status_of(decided.error()));
            return;
        }
        fill_message(*decided, with_fields_, response);
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun;
        seconds_.observe_seconds(passed.count());
        reactor.Finish(grpc::Status::OK);
    }

    Limiter& limiter_;
    const bool with_fields_;
    metrics::Histogram& seconds_;
    metrics::Counter& failed_;
};

}  // namespace

class GrpcServer::State {
public:
    State(GrpcServerConfig config, Limiter& limiter, metrics::Registry& registry)
        : config_(std::move(config)), calls_(limiter, registry, config_.with_fields) {}

    [[nodiscard]] Result<void> start() {
        grpc::EnableDefaultHealthCheckService(true);
        grpc::ServerBuilder builder;
        builder.AddListeningPort(config_.address, grpc::InsecureServerCredentials(), &port_);
        // A second program on the same port would take half of the calls unseen.
        builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
        builder.SetMaxReceiveMessageSize(static_cast<int>(config_.message_bytes_max));
        builder.RegisterService(&calls_);
        server_ = builder.BuildAndStart();
        const bool is_local = config_.address.starts_with("unix:");
        if (!server_ || (port_ == 0 && !is_local)) {
            return fail(
                ErrorCode::kUnavailable,
                fmt::format(
                    "cannot listen on {} for gRPC: another program has that address, or it is "
                    "none of this machine",
                    config_.address
                )
            );
        }
        port_ = is_local ? 0 : port_;
        server_->GetHealthCheckService()->SetServingStatus(kHealthName, true);
        server_->GetHealthCheckService()->SetServingStatus(
            rls::RateLimitService::service_full_name(), true
        );
        log::info("gRPC server started", {{"address", config_.address}, {"port", port_}});
        return {};
    }

    void stop() {
        if (!server_) {
            return;
        }
        server_->GetHealthCheckService()->Shutdown();
        server_->Shutdown(
            std::chrono::system_clock::now() + std::chrono::milliseconds(config_.drain_timeout_ms)
        );
        server_->Wait();
        server_.reset();
        log::info("gRPC server stopped");
    }

    [[nodiscard]] std::uint16_t port() const { return static_cast<std::uint16_t>(port_); }

private:
    const GrpcServerConfig config_;
    RateLimitCalls calls_;
    int port_ = 0;
    std::unique_ptr<grpc::Server> server_;
};

GrpcServer::GrpcServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

GrpcServer::~GrpcServer() {
    stop();
}

Result<std::unique_ptr<GrpcServer>>
GrpcServer::start(GrpcServerConfig config, Limiter& limiter, metrics::Registry& registry) {
    auto state = std::make_unique<State>(std::move(config), limiter, registry);
    if (auto started = state->start(); !started) {
        return std::move(started).error();
    }
    return std::unique_ptr<GrpcServer>(new GrpcServer(std::move(state)));
}

std::uint16_t GrpcServer::port() const {
    return state_->port();
}

void GrpcServer::stop() {
    state_->stop();
}

}  // namespace rookery::api::limiter
