#pragma once

#include "base/clock.h"
#include "base/metrics.h"
#include "http/router.h"
#include "http/server.h"
#include "kit/loopback_client.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace rookery::http {

/// A server on a free port of 127.0.0.1, with routes that show what a handler sees. Header-only:
/// for test programs that link the http room.
class ServerTest : public testing::Test {
protected:
    ServerTest() {
        config_.port = 0;
        config_.threads = 1;
        router_.add(Method::kGet, "/hello", hello);
        router_.add(Method::kPost, "/echo", echo);
        router_.add(Method::kGet, "/echo", echo);
        router_.add(Method::kGet, "/items/:id", item);
    }

    void start() {
        server_ = std::make_unique<Server>(config_, router_, &control_, clock_, metrics_);
        server_->start();
    }

    [[nodiscard]] std::unique_ptr<kit::LoopbackClient> connect(int receive_buffer = 0) const {
        return std::make_unique<kit::LoopbackClient>(server_->port(), receive_buffer);
    }

    /// One request on a connection of its own.
    kit::WireAnswer ask(std::string_view request, bool has_body = true) const {
        auto client = connect();
        client->send(request);
        return client->read_answer(has_body).value_or(kit::WireAnswer{});
    }

    static Task<Response> hello(RequestPtr /*request*/) { co_return Response::text("hello"); }

    static Task<Response> item(RequestPtr request) {
        co_return Response::text(request->path_args.at(0));
    }

    /// Method, address, params, files and body, one a line.
    static Task<Response> echo(RequestPtr request) {
        std::string text = std::string(to_string(request->method)) + " " + request->remote_address;
        text += request->secure ? " https\n" : " http\n";
        for (const auto& [name, value] : request->params.all()) {
            text += name + "=" + value + "\n";
        }
        for (const UploadedFile& file : request->files) {
            text += file.field + ":" + file.filename + ":" + file.content_type + ":" + file.bytes;
            text += "\n";
        }
        text += request->body;
        co_return Response::text(std::move(text));
    }

    ServerConfig config_;
    Router router_;
    Router control_;
    SystemClock clock_;
    metrics::Registry metrics_;
    std::unique_ptr<Server> server_;
};

}  // namespace rookery::http
