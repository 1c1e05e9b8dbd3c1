#include "http/router.h"

#include "base/encoding.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <stdexcept>

namespace rookery::http {

namespace {

constexpr std::size_t kMethods = static_cast<std::size_t>(Method::kOther) + 1;

std::size_t index_of(Method method) {
    return static_cast<std::size_t>(method);
}

/// Takes the next part off the front of `rest`, which is empty or begins with '/'.
std::string_view take_part(std::string_view& rest) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end);
    return part;
}

std::string_view without_trailing_slash(std::string_view path) {
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    return path;
}

}  // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> named;  ///< ":name"
    std::unique_ptr<Node> rest;   ///< "*name"
    std::array<Handler, kMethods> handlers;
    std::array<std::string, kMethods> patterns;

    [[nodiscard]] bool has_handlers() const {
        return std::ranges::any_of(handlers, [](const Handler& h) { return h != nullptr; });
    }

    /// The index of what answers `method` here, or nothing.
    [[nodiscard]] std::optional<std::size_t> answering(Method method) const {
        if (handlers.at(index_of(method))) {
            return index_of(method);
        }
        if (method == Method::kHead && handlers.at(index_of(Method::kGet))) {
            return index_of(Method::kGet);
        }
        return std::nullopt;
    }
};

/// A depth-first search, literal parts first; it goes on past a node that lacks the method, so that
/// `POST /x/special` does not hide `GET /x/:id`.
struct Router::Search {
    Method method;
    Match match;
    std::vector<std::string_view> args;

    [[nodiscard]] bool found() const { return match.handler != nullptr; }

    void arrive(const Node& node) {
        if (!node.has_handlers()) {
            return;
        }
        if (const auto index = node.answering(method)) {
            match.handler = &node.handlers.at(*index);
            match.pattern = node.patterns.at(*index);
            for (const std::string_view arg : args) {
                match.args.push_back(percent_decode(arg, false));
            }
            return;
        }
        for (std::size_t i = 0; i < kMethods; ++i) {
            if (!node.handlers.at(i)) {
                continue;
            }
            if (match.pattern.empty()) {
                match.pattern = node.patterns.at(i);
            }
            const auto allowed = static_cast<Method>(i);
            if (std::ranges::find(match.allowed, allowed) == match.allowed.end()) {
                match.allowed.push_back(allowed);
            }
        }
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Handler handler) {
    if (!pattern.starts_with('/') || !handler) {
        throw std::logic_error("bad route: " + std::string(pattern));
    }
    Node* node = root_.get();
    std::string_view rest = without_trailing_slash(pattern);
    while (!rest.empty()) {
        const std::string_view part = take_part(rest);
        std::unique_ptr<Node>* next = nullptr;
        if (part.starts_with('*')) {
            if (!rest.empty()) {
                throw std::logic_error("'*' must be the last part: " + std::string(pattern));
            }
            next = &node->rest;
        } else if (part.starts_with(':')) {
            next = &node->named;
        } else {
            next = &node->literals[std::string(part)];
        }
        if (!*next) {
            *next = std::make_unique<Node>();
        }
        node = next->get();
    }
    if (node->handlers.at(index_of(method))) {
        throw std::logic_error("route added twice: " + std::string(pattern));
    }
    node->handlers.at(index_of(method)) = std::move(handler);
    node->patterns.at(index_of(method)) = pattern;
}

void Router::set_not_found(Handler handler) {
    not_found_ = std::move(handler);
}

void Router::search(const Node& node, std::string_view rest, Search& found) {
    if (rest.empty()) {
        found.arrive(node);
        return;
    }
    const std::string_view whole = rest.substr(1);
    const std::string_view part = take_part(rest);
    const auto literal = part.contains('%') ? node.literals.find(percent_decode(part, false))
                                            : node.literals.find(part);
    if (literal != node.literals.end()) {
        search(*literal->second, rest, found);
    }
    if (!found.found() && node.named && !part.empty()) {
        found.args.push_back(part);
        search(*node.named, rest, found);
        found.args.pop_back();
    }
    if (!found.found() && node.rest) {
        found.args.push_back(whole);
        found.arrive(*node.rest);
        found.args.pop_back();
    }
}

Match Router::match(Method method, std::string_view path) const {
    Search found{.method = method, .match = {}, .args = {}};
    if (path.starts_with('/')) {
        search(*root_, without_trailing_slash(path), found);
    }
    if (found.found()) {
        found.match.allowed.clear();
    } else if (found.match.allowed.empty()) {
        found.match.handler = not_found_ ? &not_found_ : nullptr;
    } else if (std::ranges::count(found.match.allowed, Method::kGet) > 0) {
        found.match.allowed.push_back(Method::kHead);
    }
    return std::move(found.match);
}

std::vector<std::string> Router::list() const {
    std::vector<std::string> routes;
    const auto visit = [&routes](const auto& self, const Node& node) -> void {
        for (std::size_t i = 0; i < kMethods; ++i) {
            if (node.handlers.at(i)) {
                routes.push_back(
                    std::string(to_string(static_cast<Method>(i))) + " " + node.patterns.at(i)
                );
            }
        }
        for (const auto& [part, child] : node.literals) {
            self(self, *child);
        }
        for (const auto* child : {node.named.get(), node.rest.get()}) {
            if (child != nullptr) {
                self(self, *child);
            }
        }
    };
    visit(visit, *root_);
    std::ranges::sort(routes);
    return routes;
}

}  // namespace rookery::http
