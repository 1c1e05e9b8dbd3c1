#pragma once

#include "http/read_buffer.h"
#include "http/request_parser.h"
#include "http/response_head.h"
#include "http/router.h"
#include "http/worker.h"

#include <memory>
#include <string>

namespace rookery::http {

/// One client connection while it speaks HTTP: reads a request, has it answered, writes the answer,
/// again and again. A stream (push_stream.h) takes the socket over when a response says so.
class Connection final : public Session {
public:
    struct Peer {
        std::string address;
        bool is_trusted = false;  ///< a proxy whose X-Forwarded-* are believed
    };

    /// Takes over `descriptor`.
    Connection(Worker& worker, const Router& router, int descriptor, Peer peer);
    ~Connection() override;

    /// The connection's whole life.
    [[nodiscard]] static Task<void> serve(std::shared_ptr<Connection> connection);

    void sweep(SteadyTime now) override;
    void begin_stop() override;
    void abandon() override {}

private:
    enum class Phase : unsigned char { kIdle, kHead, kBody, kHandler, kWrite, kLinger };
    enum class Sent : unsigned char { kAll, kBlocked, kFailed };

    [[nodiscard]] Task<void> run();
    [[nodiscard]] Task<bool> read_head();
    [[nodiscard]] Task<bool> receive(std::size_t least);
    [[nodiscard]] Task<void> wait_trimmed();
    [[nodiscard]] Task<bool> read_body();
    [[nodiscard]] Task<int> read_sized_body();
    [[nodiscard]] Task<int> read_chunked_body();
    [[nodiscard]] Task<bool> serve_one();
    [[nodiscard]] Task<bool> answer(Response response);
    [[nodiscard]] Task<bool> write_rest(Response response, bool with_body);
    [[nodiscard]] Task<void> refuse(int status, std::string text);
    [[nodiscard]] Task<void> linger();
    [[nodiscard]] Task<bool> upgrade(Response response);
    [[nodiscard]] Task<bool> compress(Response* response);

    /// Asks the processor for what an answer reads of a connection: between two requests of one
    /// there are those of hundreds of others.
    void fetch_ahead() const;
    void begin_request();
    void renew_request();
    void enter(Phase phase, std::uint32_t timeout_ms) { enter(phase, timeout_ms, worker_.now()); }
    void enter(Phase phase, std::uint32_t timeout_ms, SteadyTime now);
    void trim();
    void give_up_on_handler();
    void record(int status);
    [[nodiscard]] std::optional<Response> answer_without_handler(Match& match);
    [[nodiscard]] bool is_cross_origin_path() const;
    [[nodiscard]] bool reserve_body(std::size_t bytes);
    void release_body();
    [[nodiscard]] bool is_worth_gzip(const Response& response) const;
    [[nodiscard]] HeadFacts begin_facts(bool keep_alive);
    /// The entity tag, or empty; turns a response that the client has already into a 304.
    [[nodiscard]] std::string tag_response(Response& response) const;
    [[nodiscard]] Sent send_some(const Response& response, bool with_body);
    [[nodiscard]] bool will_keep_alive() const {
        return parser_.keeps_alive() && !worker_.is_stopping();
    }

    Worker& worker_;
    const Router& router_;
    Socket socket_;
    Peer peer_;

    Phase phase_ = Phase::kIdle;
    SteadyTime phase_begun_;
    SteadyTime deadline_;
    bool is_timed_out_ = false;
    bool is_abandoned_ = false;  ///< answered with 503 while its handler runs on
    bool wants_trim_ = false;
    bool is_trimmed_ = false;

    ReadBuffer buffer_;
    RequestParser parser_;
    std::shared_ptr<Request> request_;
    SteadyTime request_begun_;  ///< when it was complete
    std::size_t body_reserved_ = 0;
    std::string head_;
    std::size_t sent_bytes_ = 0;
};

}  // namespace rookery::http
