#include "app/control_client.h"

#include "base/encoding.h"

#include <boost/json.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace rookery::app {

namespace {

constexpr std::string_view kSocketName = "control.sock";

Error lost() {
    return fail(
        ErrorCode::kUnavailable,
        "the server ended the connection before it answered; whether it did what was asked is "
        "unknown"
    );
}

std::string form_encode(const http::Params& params) {
    std::string body;
    for (const auto& [name, value] : params.all()) {
        if (!body.empty()) {
            body += '&';
        }
        body += percent_encode(name) + "=" + percent_encode(value);
    }
    return body;
}

/// The value of a header of `head` (status line and headers), or nothing.
std::optional<std::string_view> find_header(std::string_view head, std::string_view lower_name) {
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
        const std::size_t end = std::min(head.find("\r\n", at + 2), head.size());
        const std::string_view line = head.substr(at + 2, end - at - 2);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && ascii_iequals(line.substr(0, colon), lower_name)) {
            return trim_ascii(line.substr(colon + 1));
        }
        at = end < head.size() ? end : std::string_view::npos;
    }
    return std::nullopt;
}

template <class Number>
bool parse_number(std::string_view text, Number& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string error_message(const std::string& body, int status) {
    boost::system::error_code broken;
    const auto json = boost::json::parse(body, broken);
    if (!broken && json.is_object() && json.as_object().contains("error")) {
        return std::string(json.at("error").as_string());
    }
    return fmt::format("the server answered with status {}", status);
}

}  // namespace

std::string control_socket_path(const std::string& data) {
    return data + "/" + std::string(kSocketName);
}

Result<ShortSocketPath> ShortSocketPath::of(const std::string& data) {
    const int directory = ::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        return fail(ErrorCode::kNotFound, "there is no directory " + data);
    }
    return ShortSocketPath(directory);
}

ShortSocketPath::ShortSocketPath(ShortSocketPath&& other) noexcept
    : directory_(std::exchange(other.directory_, -1)) {}

ShortSocketPath::~ShortSocketPath() {
    if (directory_ >= 0) {
        ::close(directory_);
    }
}

std::string ShortSocketPath::text() const {
    return fmt::format("/proc/self/fd/{}/{}", directory_, kSocketName);
}

std::optional<ControlClient> ControlClient::connect(const std::string& data) {
    const auto path = ShortSocketPath::of(data);
    if (!path) {
        return std::nullopt;
    }
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return std::nullopt;
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string text = path->text();
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        ::close(fd);
        return std::nullopt;
    }
    return ControlClient(fd);
}

ControlClient::ControlClient(ControlClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

ControlClient::~ControlClient() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

Result<std::string> ControlClient::ask(const std::string& operation, const http::Params& params) {
    const std::string body = form_encode(params);
    const std::string head = fmt::format(
        "POST /control/{} HTTP/1.1\r\nHost: control\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        operation,
        body.size()
    );
    if (auto sent = send_all(head + body); !sent) {
        return std::move(sent).error();
    }
    int status = 0;
    TRY(std::string answer, read_answer(status));
    if (status != 200) {
        const ErrorCode code = status == 404   ? ErrorCode::kNotFound
                               : status == 422 ? ErrorCode::kInvalid
                                               : ErrorCode::kInternal;
        return fail(code, error_message(answer, status));
    }
    return answer;
}

Result<void> ControlClient::send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return lost();
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<void> ControlClient::read_more() {
    std::array<char, 16 * 1024> chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init): recv does
    for (;;) {
        const ssize_t got = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return lost();
        }
        buffer_.append(chunk.data(), static_cast<std::size_t>(got));
        return {};
    }
}

Result<std::string> ControlClient::read_answer(int& status) {
    std::size_t head_size = 0;
    std::size_t body_size = 0;
    while (head_size == 0 || buffer_.size() < head_size + body_size) {
        if (auto more = read_more(); !more) {
            return std::move(more).error();
        }
        const std::size_t end = head_size == 0 ? buffer_.find("\r\n\r\n") : std::string::npos;
        if (end == std::string::npos) {
            continue;
        }
        head_size = end + 4;
        const std::string_view head = std::string_view(buffer_).substr(0, end + 2);
        const auto length = find_header(head, "content-length");
        if (head.size() < 12 || !parse_number(head.substr(9, 3), status) || !length ||
            !parse_number(*length, body_size)) {
            return fail(ErrorCode::kInternal, "the server's answer is not understood");
        }
    }
    std::string body = buffer_.substr(head_size, body_size);
    buffer_.clear();  // one request at a time: nothing else can be there
    return body;
}

}  // namespace rookery::app
