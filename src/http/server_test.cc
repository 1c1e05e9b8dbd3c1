#include "http/server.h"

#include "base/json_writer.h"
#include "http/server_fixture.h"

#include <gtest/gtest.h>

#include <string>

namespace rookery::http {

namespace {

TEST_F(ServerTest, AnswersGetWithTheHandlersBody) {
    start();
    auto client = connect();
    ASSERT_TRUE(client->send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"));
    const auto answer = client->read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->headers.at("content-type"), "text/plain; charset=utf-8");
    EXPECT_EQ(answer->headers.at("x-request-id").size(), 16U);
    EXPECT_TRUE(answer->headers.at("date").ends_with(" GMT"));
}

}  // namespace

}  // namespace rookery::http
