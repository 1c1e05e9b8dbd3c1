#include "http/server.h"

#include "kit/http_server_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace rookery::http {

namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

Task<Response> fail_hard(RequestPtr /*request*/) {
    throw std::runtime_error("secret detail");
    co_return Response();
}

Task<Response> lost(RequestPtr request) {
    co_return Response::html("lost at " + request->path, 404);
}

TEST_F(ServerTest, AnswersGetWithTheHandlersBody) {
    start();
    const auto answer = ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.headers.at("content-type"), "text/plain; charset=utf-8");
    EXPECT_THAT(answer.headers.at("x-request-id"), MatchesRegex("[0-9a-f]{16}"));
    EXPECT_THAT(answer.headers.at("date"), MatchesRegex("..., [0-9][0-9] ... 20.. ..:..:.. GMT"));
}

TEST_F(ServerTest, AnswersManyRequestsOnOneConnection) {
    start();
    auto client = connect();
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(client->send("GET /items/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n")
        );
        const auto answer = client->read_answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, std::to_string(i));
    }
    EXPECT_EQ(metrics_.gauge("rookery_http_connections", "").value(), 1);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
    config_.pipelined_max = 4;
    start();
    auto client = connect();
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        requests += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n";
        requests += std::to_string(10 + i);
    }
    ASSERT_TRUE(client->send(requests));
    for (int i = 0; i < 50; ++i) {
        const auto answer = client->read_answer();
        ASSERT_TRUE(answer);
        EXPECT_THAT(answer->body, HasSubstr("\n" + std::to_string(10 + i)));
    }
}

TEST_F(ServerTest, ReadsARequestThatComesByteByByte) {
    start();
    auto client = connect();
    for (const char c :
         std::string("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")) {
        ASSERT_TRUE(client->send({&c, 1}));
    }
    EXPECT_THAT(client->read_answer().value().body, HasSubstr("\nabcde"));
}

TEST_F(ServerTest, ReadsALargeBody) {
    start();
    const std::string body(3'000'000, 'b');
    const auto answer =
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + body);
    EXPECT_THAT(answer.body, testing::EndsWith(body));
}

TEST_F(ServerTest, ReadsParamsFromQueryJsonFormAndMultipart) {
    start();
    const auto post = [&](const std::string& type, const std::string& body) {
        return ask("POST /echo?q=1 HTTP/1.1\r\nHost: x\r\nContent-Type: " + type +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)
            .body;
    };
    EXPECT_THAT(post("application/json", R"({"a":[1,2]})"), HasSubstr("\na[]=1\na[]=2\nq=1\n"));
    EXPECT_THAT(post("application/x-www-form-urlencoded", "a=b+c"), HasSubstr("\na=b c\nq=1\n"));
    EXPECT_THAT(
        post(
            "multipart/form-data; boundary=zz",
            "--zz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n\"\r\n"
            "Content-Type: t/p\r\n\r\nbytes\r\n--zz--\r\n"
        ),
        HasSubstr("\nq=1\nf:n:t/p:bytes\n")
    );
}

TEST_F(ServerTest, SaysWhatIsWrongWithABodyAndGoesOn) {
    start();
    auto client = connect();
    ASSERT_TRUE(
        client->send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                     "Content-Length: 1\r\n\r\n{"
                     "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
    );
    const auto refusal = client->read_answer().value();
    EXPECT_EQ(refusal.status, 400);
    EXPECT_THAT(refusal.body, StartsWith(R"({"error":"The request body is not valid JSON)"));
    EXPECT_EQ(client->read_answer().value().body, "hello");
}

TEST_F(ServerTest, AnswersHeadWithoutTheBody) {
    start();
    auto client = connect();
    ASSERT_TRUE(
        client->send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n"
                     "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
    );
    const auto head = client->read_answer(false).value();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.at("content-length"), "5");
    EXPECT_EQ(client->read_answer().value().body, "hello");
}

TEST_F(ServerTest, AnswersUnknownAddressesAndMethodsInJson) {
    start();
    const auto missing = ask("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.body, R"({"error":"There is nothing at this address"})");
    const auto wrong = ask("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.at("allow"), "GET, POST, HEAD, OPTIONS");
    EXPECT_THAT(wrong.body, StartsWith(R"({"error":)"));
    EXPECT_EQ(ask("BREW /echo HTTP/1.1\r\nHost: x\r\n\r\n").status, 405);
    EXPECT_EQ(ask("GET /items/%FF HTTP/1.1\r\nHost: x\r\n\r\n").status, 400);
}

TEST_F(ServerTest, LetsTheApplicationAnswerUnknownAddresses) {
    router_.set_not_found(lost);
    start();
    const auto answer = ask("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.body, "lost at /nowhere");
}

TEST_F(ServerTest, TurnsAnExceptionIntoAnAnswerThatTellsNothing) {
    router_.add(Method::kGet, "/fail", fail_hard);
    start();
    auto client = connect();
    ASSERT_TRUE(
        client->send("GET /fail HTTP/1.1\r\nHost: x\r\n\r\n"
                     "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
    );
    const auto answer = client->read_answer().value();
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, StartsWith(R"({"error":)"));
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    EXPECT_EQ(client->read_answer().value().body, "hello");
}

TEST_F(ServerTest, RefusesAMalformedRequestAndCloses) {
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /hello HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n"));
    const auto answer = client->read_answer().value();
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.headers.at("connection"), "close");
    EXPECT_THAT(answer.body, StartsWith(R"({"error":)"));
    EXPECT_TRUE(client->is_closed_by_server());
}

TEST_F(ServerTest, SpeaksHttp10) {
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    EXPECT_EQ(client->read_answer().value().headers.at("connection"), "keep-alive");
    ASSERT_TRUE(client->send("GET /hello HTTP/1.0\r\n\r\n"));
    EXPECT_EQ(client->read_answer().value().headers.at("connection"), "close");
    EXPECT_TRUE(client->is_closed_by_server());
}

TEST_F(ServerTest, TellsAClientToGoOnWithItsBody) {
    start();
    auto client = connect();
    ASSERT_TRUE(
        client->send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                     "Content-Length: 3\r\n\r\n")
    );
    EXPECT_EQ(client->read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(client->send("abc"));
    EXPECT_THAT(client->read_answer().value().body, HasSubstr("\nabc"));
}

TEST_F(ServerTest, LetsWebPagesCallTheApi) {
    router_.add(Method::kGet, "/api/v1/instance", hello);
    start();
    const auto preflight =
        ask("OPTIONS /api/v1/anything HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\n"
            "Access-Control-Request-Method: POST\r\n"
            "Access-Control-Request-Headers: authorization, idempotency-key\r\n\r\n");
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(preflight.headers.at("access-control-allow-origin"), "*");
    EXPECT_THAT(preflight.headers.at("access-control-allow-methods"), HasSubstr("PATCH"));
    EXPECT_EQ(
        preflight.headers.at("access-control-allow-headers"), "authorization, idempotency-key"
    );
    EXPECT_EQ(preflight.headers.at("access-control-max-age"), "86400");

    const auto answer = ask("GET /api/v1/instance HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.headers.at("access-control-allow-origin"), "*");
    EXPECT_THAT(
        answer.headers.at("access-control-expose-headers"), StartsWith("Link, X-RateLimit")
    );
    EXPECT_FALSE(ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                     .headers.contains("access-control-allow-origin"));
}

TEST_F(ServerTest, TellsTheMethodsOfAnAddress) {
    start();
    const auto answer = ask("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.headers.at("allow"), "GET, POST, HEAD, OPTIONS");
    EXPECT_FALSE(answer.headers.contains("content-length"));
}

TEST_F(ServerTest, BelievesAProxyOnlyIfItIsConfigured) {
    const std::string request =
        "GET /echo HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4, 203.0.113.7\r\n"
        "X-Forwarded-Proto: https\r\nX-Request-Id: from-proxy-1\r\n\r\n";
    start();
    const auto direct = ask(request);
    EXPECT_THAT(direct.body, StartsWith("GET 127.0.0.1 http\n"));
    EXPECT_NE(direct.headers.at("x-request-id"), "from-proxy-1");

    config_.trusted_proxies = {"127.0.0.0/8"};
    start();
    const auto forwarded = ask(request);
    EXPECT_THAT(forwarded.body, StartsWith("GET 203.0.113.7 https\n"));
    EXPECT_EQ(forwarded.headers.at("x-request-id"), "from-proxy-1");
}

TEST_F(ServerTest, ListensOnAControlSocketOfItsOwn) {
    const auto path =
        std::filesystem::temp_directory_path() / ("http-control-" + std::to_string(::getpid()));
    config_.control_socket = path;
    control_.add(Method::kGet, "/control", hello);
    start();
    EXPECT_EQ(
        std::filesystem::status(path).permissions(),
        std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    kit::LoopbackClient client(path.string());
    ASSERT_TRUE(client.send("GET /control HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_EQ(client.read_answer().value().body, "hello");
    EXPECT_EQ(ask("GET /control HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
    EXPECT_THROW(Server(config_, router_, &control_, clock_, metrics_).start(), std::system_error);
    server_->stop();
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ServerTest, RefusesAnAddressThatIsTakenOrNone) {
    start();
    config_.port = server_->port();
    EXPECT_THROW(Server(config_, router_, nullptr, clock_, metrics_).start(), std::system_error);
    config_.address = "not an address";
    EXPECT_THROW(Server(config_, router_, nullptr, clock_, metrics_), std::invalid_argument);
}

TEST_F(ServerTest, ServesOnSeveralThreads) {
    config_.threads = 3;
    start();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").body, "hello");
    }
}

TEST_F(ServerTest, LeavesBodiesAsTheyCameIfTold) {
    config_.bodies_are_raw = true;
    start();
    const std::string request =
        "POST /echo?q=1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Content-Length: 7\r\n\r\n[1, {}]";
    EXPECT_THAT(ask(request).body, testing::EndsWith("\nq=1\n[1, {}]"));
}

TEST_F(ServerTest, CountsRequestsByRouteMethodAndStatus) {
    start();
    ask("GET /items/1 HTTP/1.1\r\nHost: x\r\n\r\n");
    ask("GET /items/2 HTTP/1.1\r\nHost: x\r\n\r\n");
    ask("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
    server_->stop();
    const std::string text = metrics_.expose();
    EXPECT_THAT(
        text,
        HasSubstr(
            "rookery_http_requests_total{route=\"/items/:id\",method=\"GET\",status=\"200\"} 2\n"
        )
    );
    EXPECT_THAT(text, HasSubstr("{route=\"none\",method=\"GET\",status=\"404\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("rookery_http_request_seconds_count{route=\"/items/:id\""));
    EXPECT_THAT(text, HasSubstr("rookery_http_connections 0\n"));
    EXPECT_GT(
        metrics_.counter("rookery_http_bytes_total", "", {{"direction", "out"}}).value(), 300U
    );
}

}  // namespace

}  // namespace rookery::http
