#pragma once

#include "base/result.h"
#include "http/params.h"

#include <optional>
#include <string>

namespace rookery::app {

/// DATA/control.sock: where a running server answers the operator of its data directory.
[[nodiscard]] std::string control_socket_path(const std::string& data);

/// A path for the same socket that fits into a socket address (108 bytes on Linux) whatever the
/// length of `data`, made of an open descriptor of the directory. kNotFound if there is none.
class ShortSocketPath {
public:
    [[nodiscard]] static Result<ShortSocketPath> of(const std::string& data);
    ShortSocketPath(ShortSocketPath&& other) noexcept;
    ShortSocketPath(const ShortSocketPath&) = delete;
    ShortSocketPath& operator=(const ShortSocketPath&) = delete;
    ShortSocketPath& operator=(ShortSocketPath&&) = delete;
    ~ShortSocketPath();

    /// Valid as long as the object lives, in this process only.
    [[nodiscard]] std::string text() const;

private:
    explicit ShortSocketPath(int directory) : directory_(directory) {}
    int directory_;
};

/// The operator's end of the control socket: one connection, one request at a time, blocking.
class ControlClient {
public:
    /// Nothing if no server runs on `data`.
    [[nodiscard]] static std::optional<ControlClient> connect(const std::string& data);
    ControlClient(ControlClient&& other) noexcept;
    ControlClient(const ControlClient&) = delete;
    ControlClient& operator=(const ControlClient&) = delete;
    ControlClient& operator=(ControlClient&&) = delete;
    ~ControlClient();

    /// The JSON that the operation returns, or its error.
    [[nodiscard]] Result<std::string> ask(const std::string& operation, const http::Params& params);

private:
    explicit ControlClient(int socket) : socket_(socket) {}
    [[nodiscard]] Result<void> send_all(std::string_view bytes) const;
    [[nodiscard]] Result<void> read_more();
    [[nodiscard]] Result<std::string> read_answer(int& status);

    int socket_;
    std::string buffer_;
};

}  // namespace rookery::app
