#include "kit/loopback_client.h"

#include "base/encoding.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace rookery::kit {

namespace {

constexpr timeval kWaitMax{.tv_sec = 10, .tv_usec = 0};

[[noreturn]] void throw_errno(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

LoopbackClient::LoopbackClient(std::uint16_t port, int receive_buffer_bytes)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer_bytes > 0) {
        ::setsockopt(
            descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes
        );
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor_);
        throw_errno("connect");
    }
    limit_waits();
}

LoopbackClient::LoopbackClient(const std::string& unix_path)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor_);
        throw_errno("connect");
    }
    limit_waits();
}

LoopbackClient::~LoopbackClient() {
    ::close(descriptor_);
}

void LoopbackClient::limit_waits() const {
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kWaitMax, sizeof kWaitMax);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &kWaitMax, sizeof kWaitMax);
}

bool LoopbackClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t size = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

bool LoopbackClient::receive() {
    std::array<char, 16 * 1024> chunk;
    const ssize_t size = ::recv(descriptor_, chunk.data(), chunk.size(), 0);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        throw std::runtime_error("the server has sent nothing for ten seconds");
    }
    if (size <= 0) {
        return false;
    }
    buffer_.append(chunk.data(), static_cast<std::size_t>(size));
    return true;
}

std::string LoopbackClient::read_bytes(std::size_t count) {
    while (buffer_.size() < count && receive()) {
    }
    std::string bytes = buffer_.substr(0, count);
    buffer_.erase(0, bytes.size());
    return bytes;
}

std::string LoopbackClient::read_until(std::string_view end) {
    std::size_t at = buffer_.find(end);
    while (at == std::string::npos && receive()) {
        at = buffer_.find(end);
    }
    return read_bytes(at == std::string::npos ? buffer_.size() : at + end.size());
}

std::optional<WireAnswer> LoopbackClient::read_answer(bool has_body) {
    std::string head = read_until("\r\n\r\n");
    if (!head.ends_with("\r\n\r\n") || head.size() < 12) {
        return std::nullopt;
    }
    WireAnswer answer;
    answer.status = std::stoi(head.substr(9, 3));
    std::size_t at = head.find("\r\n") + 2;
    while (at < head.size() - 2) {
        const std::size_t end = head.find("\r\n", at);
        const std::size_t colon = head.find(':', at);
        std::string& value = answer.headers[ascii_lower(head.substr(at, colon - at))];
        value += value.empty() ? "" : ", ";  // one that comes twice is a list: RFC 9110, 5.3
        value += trim_ascii(std::string_view(head).substr(colon + 1, end - colon - 1));
        at = end + 2;
    }
    if (!has_body) {
        return answer;
    }
    if (answer.headers["transfer-encoding"] == "chunked") {
        answer.body = read_chunked_body();
    } else if (const auto length = answer.headers.find("content-length");
               length != answer.headers.end()) {
        const std::size_t size = std::stoull(length->second);
        answer.body = read_bytes(size);
        if (answer.body.size() < size) {
            return std::nullopt;
        }
    }
    return answer;
}

std::string LoopbackClient::read_chunked_body() {
    std::string body;
    for (;;) {
        const std::string line = read_until("\r\n");
        if (line.size() < 3) {
            return body;
        }
        const std::size_t size = std::stoull(line, nullptr, 16);
        body += read_bytes(size);
        read_bytes(2);
        if (size == 0) {
            return body;
        }
    }
}

bool LoopbackClient::is_closed_by_server() {
    while (receive()) {
        buffer_.clear();
    }
    return true;
}

}  // namespace rookery::kit
