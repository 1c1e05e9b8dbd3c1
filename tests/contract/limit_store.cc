#include "limit_store.h"

#include "limits/shared/store_connection.h"

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace rookery {

namespace {

using limits::StoreConnection;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr int kNeverReadable = -1;
constexpr seconds kPatience{20};

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
        throw std::runtime_error("the path of a socket is too long: " + path);
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

int connect_to(const std::string& path) {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = address_of(path);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        ::close(socket);
        return -1;
    }
    return socket;
}

std::string text(const redisReply& reply) {
    return reply.type == REDIS_REPLY_INTEGER ? std::to_string(reply.integer)
                                             : std::string(limits::text_of(reply));
}

}  // namespace

LimitStore::LimitStore(std::vector<std::string> options) : options_(std::move(options)) {
    start();
}

LimitStore::~LimitStore() {
    if (process_ != 0) {
        kill();
    }
}

void LimitStore::start() {
    const std::string directory = directory_.path();
    std::vector<std::string> words{
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        socket(),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        directory,
        "--logfile",
        directory + "/log"
    };
    words.insert(words.end(), options_.begin(), options_.end());
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const int error =
        ::posix_spawnp(&process_, "redis-server", nullptr, nullptr, arguments.data(), environ);
    if (error != 0) {
        process_ = 0;
        throw std::runtime_error(
            "cannot start redis-server (" + std::generic_category().message(error) +
            "); this test needs it: apt-get install redis-server"
        );
    }
    const auto deadline = steady_clock::now() + kPatience;
    while (!answers()) {
        if (::waitpid(process_, nullptr, WNOHANG) != 0 || steady_clock::now() > deadline) {
            throw std::runtime_error("redis-server does not answer: see " + directory + "/log");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

bool LimitStore::answers() const {
    const int socket = connect_to(this->socket());
    if (socket < 0) {
        return false;
    }
    // Whether it lets us in or not, it answers.
    constexpr std::string_view kPing = "PING\r\n";
    std::array<char, 64> answer{};
    const bool answered = ::write(socket, kPing.data(), kPing.size()) > 0 &&
                          ::read(socket, answer.data(), answer.size()) > 0;
    ::close(socket);
    return answered;
}

void LimitStore::kill() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
}

void LimitStore::halt() {
    ::kill(process_, SIGSTOP);
    int status = 0;
    ::waitpid(process_, &status, WUNTRACED);
}

void LimitStore::resume() {
    ::kill(process_, SIGCONT);
}

std::string LimitStore::call(std::vector<std::string> words) const {
    const auto deadline = steady_clock::now() + kPatience;
    auto connection = StoreConnection::open({.path = socket()}, deadline, kNeverReadable);
    if (!connection) {
        throw std::runtime_error(connection.error().message);
    }
    const auto reply = connection->call(words, deadline);
    if (!reply) {
        throw std::runtime_error(reply.error().message);
    }
    return text(**reply);
}

SocketProxy::SocketProxy(std::string from, std::string to)
    : from_(std::move(from)),
      to_(std::move(to)),
      listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_un address = address_of(from_);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0 ||
        ::listen(listener_, 64) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot listen on " + from_);
    }
    thread_ = std::thread([this] { run(); });
}

SocketProxy::~SocketProxy() {
    stopping_.store(true);
    thread_.join();
    for (const Pair& pair : pairs_) {
        ::close(pair.client);
        ::close(pair.server);
    }
    ::close(listener_);
}

void SocketProxy::run() {
    while (!stopping_.load()) {
        std::vector<pollfd> polled{{.fd = listener_, .events = POLLIN}};
        for (const Pair& pair : pairs_) {
            polled.push_back({.fd = pair.client, .events = POLLIN});
            polled.push_back({.fd = pair.server, .events = POLLIN});
        }
        ::poll(polled.data(), polled.size(), 2);
        std::vector<Pair> kept;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            const Pair& pair = pairs_[i];
            const bool lives = mode_.load() != Mode::kRefuse &&
                               (polled[2 * i + 1].revents == 0 || pass(pair.client, pair.server)) &&
                               (polled[2 * i + 2].revents == 0 || pass(pair.server, pair.client));
            if (lives) {
                kept.push_back(pair);
            } else {
                ::close(pair.client);
                ::close(pair.server);
            }
        }
        pairs_.swap(kept);
        if (polled[0].revents != 0) {
            take();
        }
    }
}

void SocketProxy::take() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    connections_.fetch_add(1);
    const int server = mode_.load() == Mode::kRefuse ? -1 : connect_to(to_);
    if (server < 0) {
        ::close(client);
    } else {
        pairs_.push_back({client, server});
    }
}

bool SocketProxy::pass(int from, int to) const {
    std::array<char, 65'536> bytes{};
    const auto got = ::recv(from, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
        return false;
    }
    const auto size = static_cast<std::size_t>(got);
    return mode_.load() == Mode::kSwallow || ::send(to, bytes.data(), size, MSG_NOSIGNAL) == got;
}

}  // namespace rookery
