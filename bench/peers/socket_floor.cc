/// The least that an answer over HTTP costs on this machine: a server without a server in it. It
/// reads whatever comes and answers with bytes of a pool that is too large for the processor's
/// caches, taken from it in pieces at random places, as a page of a feed is.
///
///     socket_floor PORT BYTES PIECES POOL-BYTES gather|copy
///
/// "gather" hands the pieces to the kernel, "copy" joins them first. Ends when it is killed.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

class Answer {
public:
    Answer(std::size_t bytes, std::size_t pieces, std::size_t pool, bool copies)
        : piece_bytes_(bytes / pieces), pool_(pool + bytes, 'y'), copies_(copies) {
        const std::size_t whole = piece_bytes_ * pieces;
        head_ = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
                std::to_string(whole) + "\r\n\r\n";
        pieces_.resize(pieces + 1);
        joined_.resize(head_.size() + whole);
    }

    /// What does not fit into the socket's buffer is not sent: for answers that fit.
    void send(int socket) {
        pieces_[0] = {head_.data(), head_.size()};
        for (std::size_t i = 1; i < pieces_.size(); ++i) {
            // Knuth's linear congruential generator (MMIX): its high bits are random enough.
            random_ = random_ * 6364136223846793005ULL + 1442695040888963407ULL;
            char* place = pool_.data() + (random_ >> 20U) % (pool_.size() - piece_bytes_ + 1);
            pieces_[i] = {place, piece_bytes_};
        }
        if (copies_) {
            char* end = joined_.data();
            for (const iovec& piece : pieces_) {
                std::memcpy(end, piece.iov_base, piece.iov_len);
                end += piece.iov_len;
            }
            static_cast<void>(::send(socket, joined_.data(), joined_.size(), MSG_NOSIGNAL));
            return;
        }
        msghdr message{};
        message.msg_iov = pieces_.data();
        message.msg_iovlen = pieces_.size();
        static_cast<void>(::sendmsg(socket, &message, MSG_NOSIGNAL));
    }

private:
    std::size_t piece_bytes_;
    std::vector<char> pool_;
    bool copies_;
    std::string head_;
    std::vector<iovec> pieces_;
    std::vector<char> joined_;
    std::uint64_t random_ = 1;
};

int listen_at(std::uint16_t port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, SOMAXCONN) != 0) {
        std::perror("socket_floor: cannot listen");
        std::exit(1);
    }
    return listener;
}

void watch(int epoll, int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

[[noreturn]] void serve(int listener, Answer& answer) {
    const int epoll = ::epoll_create1(0);
    watch(epoll, listener);
    std::array<epoll_event, 512> events{};
    std::array<char, 65536> request{};
    for (;;) {
        const int ready = ::epoll_wait(epoll, events.data(), events.size(), -1);
        for (int i = 0; i < ready; ++i) {
            const int socket = events.at(static_cast<std::size_t>(i)).data.fd;
            if (socket == listener) {
                const int accepted = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
                const int on = 1;
                ::setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                watch(epoll, accepted);
            } else if (::recv(socket, request.data(), request.size(), 0) > 0) {
                answer.send(socket);
            } else {
                ::close(socket);
            }
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view how = argc == 6 ? argv[5] : "";
    if (how != "gather" && how != "copy") {
        std::fputs("usage: socket_floor PORT BYTES PIECES POOL-BYTES gather|copy\n", stderr);
        return 2;
    }
    const auto number = [argv](int i) { return std::strtoull(argv[i], nullptr, 10); };
    if (number(1) == 0 || number(1) > 65535 || number(3) == 0 || number(2) < number(3)) {
        std::fputs("socket_floor: a port, and at least a byte a piece\n", stderr);
        return 2;
    }
    Answer answer(number(2), number(3), number(4), how == "copy");
    serve(listen_at(static_cast<std::uint16_t>(number(1))), answer);
}
