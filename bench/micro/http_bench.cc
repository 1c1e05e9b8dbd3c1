// What a request costs before and after its handler: reading its head, finding its route, writing
// the head of its answer, its entity tag, and compression.

#include "http/entity_tag.h"
#include "http/gzip.h"
#include "http/request_parser.h"
#include "http/response_head.h"
#include "http/router.h"
#include "http/websocket_frame.h"

#include <benchmark/benchmark.h>

#include <string>

namespace rookery::http {

namespace {

const std::string kRequest =
    "GET /api/v1/timelines/home?limit=20&max_id=109501234567890123 HTTP/1.1\r\n"
    "Host: social.example\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    "Accept: application/json, text/plain, */*\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Authorization: Bearer 0123456789abcdef0123456789abcdef0123456789a\r\n"
    "Connection: keep-alive\r\n\r\n";

Task<Response> nothing(RequestPtr /*request*/) {
    co_return Response();
}

/// A page of twenty posts, 24 KB of text that compresses as JSON does.
Response page() {
    Response response = Response::json("");
    for (int i = 0; i < 20; ++i) {
        std::string post;
        for (int j = 0; post.size() < 1200; ++j) {
            post += R"({"id":")" + std::to_string(i * 7919 + j * 104'729) + R"(","content":"<p>)";
        }
        response.fragments.push_back(std::make_shared<const std::string>(std::move(post)));
    }
    return response;
}

void parse_request(benchmark::State& state) {
    RequestParser parser({});
    Request request;
    for (auto _ : state) {
        parser.reset();
        benchmark::DoNotOptimize(parser.parse(kRequest));
        parser.fill(kRequest, request);
        benchmark::DoNotOptimize(request);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kRequest.size()));
}
BENCHMARK(parse_request);

void find_route(benchmark::State& state) {
    Router router;
    for (const char* resource : {"accounts", "statuses", "timelines", "notifications", "lists"}) {
        const std::string base = std::string("/api/v1/") + resource;
        for (const char* rest : {"", "/home", "/:id", "/:id/context", "/:id/followers"}) {
            router.add(Method::kGet, base + rest, nothing);
        }
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(router.match(Method::kGet, "/api/v1/timelines/home"));
        benchmark::DoNotOptimize(router.match(Method::kGet, "/api/v1/statuses/109/context"));
    }
    state.SetItemsProcessed(state.iterations() * 2);
}
BENCHMARK(find_route);

void write_head(benchmark::State& state) {
    Response response = page();
    response.header(
        "Link", "<https://social.example/api/v1/timelines/home?max_id=1>; rel=\"next\""
    );
    HeadFacts facts;
    facts.date_line = "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n";
    facts.request_id = "0123456789abcdef";
    facts.is_cross_origin = true;
    facts.content_length = 24'000;
    std::string head;
    for (auto _ : state) {
        head.clear();
        append_head(response, facts, head);
        benchmark::DoNotOptimize(head);
    }
}
BENCHMARK(write_head);

void tag_page(benchmark::State& state) {
    const EntityTagger tagger;
    const Response response = page();
    for (auto _ : state) {
        benchmark::DoNotOptimize(tagger.tag(response));
    }
}
BENCHMARK(tag_page);

void gzip_page(benchmark::State& state) {
    const Response response = page();
    for (auto _ : state) {
        benchmark::DoNotOptimize(gzip(response, static_cast<int>(state.range(0))));
    }
}
BENCHMARK(gzip_page)->Arg(1)->Arg(2)->Arg(6);

void decode_frame(benchmark::State& state) {
    std::string frame("\x81\xFE\x01\x00\x01\x02\x03\x04", 8);
    frame += std::string(256, 'a' ^ 1);
    for (std::size_t i = 8; i < frame.size(); ++i) {
        frame[i] = static_cast<char>('a' ^ (1 + (i & 3U)));
    }
    WebSocketDecoder decoder(64 * 1024);
    for (auto _ : state) {
        std::string_view bytes = frame;
        benchmark::DoNotOptimize(decoder.next(bytes));
        benchmark::DoNotOptimize(decoder.take_payload());
    }
}
BENCHMARK(decode_frame);

}  // namespace

}  // namespace rookery::http

BENCHMARK_MAIN();
