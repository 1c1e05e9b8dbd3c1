#pragma once

#include "http/push_channel.h"
#include "http/response.h"
#include "http/worker.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::http {

/// An open stream: the queue, the gathered writes, the deadlines; what the bytes look like is up to
/// WebSocketStream and EventStream. While idle it holds no buffer at all.
///
/// Any thread may hold it and call send() and close(), even after the server is gone; everything
/// else happens on the worker's thread.
class PushStream : public PushChannel,
                   public Session,
                   public std::enable_shared_from_this<PushStream> {
public:
    using OnOpen = std::function<void(std::shared_ptr<PushChannel>)>;

    PushStream(Worker& worker, Socket socket, OnOpen on_open, metrics::Gauge& open_streams);
    ~PushStream() override;

    bool send(std::shared_ptr<const std::string> message) override;
    void close(std::uint16_t code, std::string reason) override;

    /// The stream's whole life.
    [[nodiscard]] static Task<void> serve(std::shared_ptr<PushStream> stream);

    void sweep(SteadyTime now) override;
    void begin_stop() override;
    void abandon() override { finish(); }

protected:
    /// One message on its way; `kind` is the subclass's business.
    struct Item {
        Fragment payload;
        std::uint8_t kind = 0;
    };
    static constexpr std::size_t kPrefixBytesMax = 20;

    // What a subclass says.
    [[nodiscard]] virtual std::uint8_t message_kind() const = 0;
    /// Writes what goes before the payload and returns its size.
    virtual std::size_t write_prefix(const Item& item, char* out) const = 0;
    [[nodiscard]] virtual std::string_view suffix(const Item& item) const = 0;
    /// Called once the stream is open, before anything is sent.
    virtual void on_begin() = 0;
    /// Called once the application has set its callbacks.
    virtual void on_open_done() = 0;
    virtual void on_bytes(std::string_view bytes) = 0;
    /// Queue the stream's last words.
    virtual void say_goodbye(std::uint16_t code, const std::string& reason) = 0;
    /// The last of the queue has left after say_goodbye().
    virtual void on_said_goodbye() = 0;
    virtual void on_sweep(SteadyTime now) = 0;

    // What a subclass uses, on the worker's thread.
    void enqueue(Item item);
    void deliver_text(std::string text);
    void begin_closing(std::uint16_t code, const std::string& reason);
    /// The end of a client that is too slow, without a word: it would not read it.
    void cut(std::string_view reason);
    /// The end: closes the socket and calls `on_closed`. Idempotent.
    void finish();
    [[nodiscard]] bool is_closing() const { return is_closing_; }
    [[nodiscard]] bool is_finished() const { return is_finished_; }
    [[nodiscard]] Worker& worker() { return worker_; }

private:
    [[nodiscard]] Task<void> run();
    bool receive_waiting();
    void open();
    void flush();
    void write_some();
    bool send_batch();
    void advance(std::size_t bytes);
    void wait_writable();
    void leave();

    Worker& worker_;
    std::unique_ptr<Socket> socket_;  ///< null once finished
    OnOpen on_open_;
    metrics::Gauge& open_streams_;

    std::mutex mutex_;
    std::vector<Item> pending_;     ///< guarded; not yet taken over by the worker
    bool is_flush_posted_ = false;  ///< guarded
    bool is_shut_ = false;          ///< guarded; no more send(), and no more posting
    std::atomic<std::size_t> queued_bytes_{0};

    // The worker's thread only.
    std::vector<Item> sending_;
    std::size_t sent_items_ = 0;       ///< of sending_
    std::size_t sent_item_bytes_ = 0;  ///< of the first one not wholly sent
    bool is_blocked_ = false;
    bool is_closing_ = false;
    bool is_finished_ = false;
    SteadyTime write_deadline_;
    SteadyTime close_deadline_;
};

}  // namespace rookery::http
