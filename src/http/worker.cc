#include "http/worker.h"

#include "base/log.h"
#include "base/random.h"
#include "http/listener.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>

namespace rookery::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kScratchBytes = 64 * 1024;
constexpr std::uint32_t kSweepMsMax = 250;
constexpr std::uint32_t kSweepMsMin = 5;

/// Often enough that the shortest limit is overrun by a quarter at most.
std::chrono::milliseconds sweep_interval(const ServerConfig& config) {
    const std::uint32_t shortest = std::min(
        {config.head_timeout_ms,
         config.body_timeout_ms,
         config.write_timeout_ms,
         config.idle_timeout_ms,
         config.handler_timeout_ms,
         config.websocket_ping_interval_ms,
         config.event_stream_heartbeat_ms}
    );
    return std::chrono::milliseconds(std::clamp(shortest / 4, kSweepMsMin, kSweepMsMax));
}

std::string make_date_line(std::int64_t unix_seconds) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const std::time_t time = unix_seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    return fmt::format(
        "Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n",
        kDays.at(static_cast<std::size_t>(parts.tm_wday)),
        parts.tm_mday,
        kMonths.at(static_cast<std::size_t>(parts.tm_mon)),
        parts.tm_year + 1900,
        parts.tm_hour,
        parts.tm_min,
        parts.tm_sec
    );
}

}  // namespace

Worker::Worker(ServerShared& shared)
    : shared_(shared),
      metrics_(shared.metrics),
      sweep_interval_(sweep_interval(shared.config)),
      scratch_(kScratchBytes),
      tasks_("http"),
      context_(1),
      timer_(context_.get_executor()) {
    const std::string random = secure_random_bytes(sizeof id_state_);
    std::memcpy(&id_state_, random.data(), sizeof id_state_);
}

Worker::~Worker() {
    join();
}

void Worker::listen(int descriptor, const Router& router) {
    listeners_.push_back(std::make_unique<Listener>(*this, descriptor, router));
}

void Worker::start() {
    for (const auto& listener : listeners_) {
        tasks_.spawn(executor(), listener->run());
    }
    arm_sweep();
    thread_ = std::thread([this] { context_.run(); });
}

void Worker::begin_stop() {
    asio::post(context_, [this] { stop_here(); });
}

void Worker::stop_here() {
    stopping_ = true;
    for (const auto& listener : listeners_) {
        listener->close();
    }
    for (std::size_t i = sessions_.size(); i-- > 0;) {
        if (i < sessions_.size()) {
            sessions_[i]->begin_stop();
        }
    }
}

void Worker::join() {
    if (!thread_.joinable()) {
        return;
    }
    context_.stop();
    thread_.join();
    while (!sessions_.empty()) {
        Session* const session = sessions_.back();
        remove(*session);
        session->abandon();
    }
    shared_.bytes_in.add(std::exchange(bytes_in_, 0));
    shared_.bytes_out.add(std::exchange(bytes_out_, 0));
}

void Worker::add(Session& session) {
    session.place_ = sessions_.size();
    sessions_.push_back(&session);
}

void Worker::remove(Session& session) {
    if (session.place_ >= sessions_.size() || sessions_[session.place_] != &session) {
        return;
    }
    sessions_.back()->place_ = session.place_;
    sessions_[session.place_] = sessions_.back();
    sessions_.pop_back();
}

void Worker::arm_sweep() {
    timer_.expires_after(sweep_interval_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) {
            sweep();
            arm_sweep();
        }
    });
}

void Worker::sweep() {
    const SteadyTime time = now();
    // A session that ends while it is swept removes itself, and the last one takes its place; going
    // backwards, that one has been swept already.
    for (std::size_t i = sessions_.size(); i-- > 0;) {
        if (i < sessions_.size()) {
            sessions_[i]->sweep(time);
        }
    }
    shared_.bytes_in.add(std::exchange(bytes_in_, 0));
    shared_.bytes_out.add(std::exchange(bytes_out_, 0));
}

std::string_view Worker::date_line() {
    const std::int64_t second = shared_.clock.now_ms() / 1000;
    if (second != date_second_) {
        date_second_ = second;
        date_line_ = make_date_line(second);
    }
    return date_line_;
}

std::string Worker::next_request_id() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::uint64_t number = split_mix64(id_state_);
    std::string id(16, '0');
    for (char& c : id) {
        c = kDigits[number & 15U];
        number >>= 4;
    }
    return id;
}

}  // namespace rookery::http
