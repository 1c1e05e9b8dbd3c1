#include "limits/load.h"

#include <envoy/service/ratelimit/v3/rls.grpc.pb.h>
#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <vector>

namespace rookery::bench_limits {

namespace {

namespace rls = envoy::service::ratelimit::v3;
using Clock = std::chrono::steady_clock;

/// One call after another, on gRPC's threads.
class Caller {
public:
    Caller(const LoadPlan& plan, rls::RateLimitService::Stub& stub, unsigned seed)
        : plan_(plan), stub_(stub), random_(seed) {}

    void call(Clock::time_point end) {
        end_ = end;
        next();
    }

    void wait() {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return is_over_; });
    }

    LoadResult result;

private:
    void next() {
        context_ = std::make_unique<grpc::ClientContext>();
        request_.Clear();
        response_.Clear();
        request_.set_domain("bench");
        auto& entry = *request_.add_descriptors()->add_entries();
        entry.set_key("remote_address");
        entry.set_value(fmt::format("10.0.{}", random_() % plan_.keys));
        begun_ = Clock::now();
        stub_.async()->ShouldRateLimit(
            context_.get(),
            &request_,
            &response_,
            [this](const grpc::Status& status) { done(status); }
        );
    }

    void done(const grpc::Status& status) {
        const auto now = Clock::now();
        if (!status.ok()) {
            result.error = status.error_message();
        } else {
            result.latency_ns.record(
                std::chrono::duration_cast<std::chrono::nanoseconds>(now - begun_).count()
            );
            ++result.requests;
            result.refused +=
                response_.overall_code() == rls::RateLimitResponse::OVER_LIMIT ? 1 : 0;
        }
        if (status.ok() && now < end_) {
            next();
            return;
        }
        const std::lock_guard lock(mutex_);
        is_over_ = true;
        ended_.notify_all();
    }

    const LoadPlan& plan_;
    rls::RateLimitService::Stub& stub_;
    std::mt19937 random_;
    std::unique_ptr<grpc::ClientContext> context_;
    rls::RateLimitRequest request_;
    rls::RateLimitResponse response_;
    Clock::time_point begun_;
    Clock::time_point end_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
};

}  // namespace

LoadResult run_grpc(const LoadPlan& plan) {
    std::vector<std::unique_ptr<rls::RateLimitService::Stub>> stubs;
    for (std::size_t i = 0; i < plan.channels; ++i) {
        grpc::ChannelArguments arguments;
        // Channels of the same address would share a connection.
        arguments.SetInt("grpc.use_local_subchannel_pool", 1);
        stubs.push_back(rls::RateLimitService::NewStub(grpc::CreateCustomChannel(
            fmt::format("{}:{}", plan.host, plan.port),
            grpc::InsecureChannelCredentials(),
            arguments
        )));
    }
    std::vector<std::unique_ptr<Caller>> callers;
    for (std::size_t i = 0; i < plan.connections; ++i) {
        callers.push_back(
            std::make_unique<Caller>(plan, *stubs[i % stubs.size()], static_cast<unsigned>(i))
        );
    }
    const auto begun = Clock::now();
    const auto end =
        begun +
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(plan.seconds));
    for (const auto& caller : callers) {
        caller->call(end);
    }
    LoadResult all;
    for (const auto& caller : callers) {
        caller->wait();
        all.latency_ns.add(caller->result.latency_ns);
        all.requests += caller->result.requests;
        all.refused += caller->result.refused;
        all.error = caller->result.error.empty() ? all.error : caller->result.error;
    }
    all.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    return all;
}

}  // namespace rookery::bench_limits
