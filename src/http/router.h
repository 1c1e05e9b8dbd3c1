#pragma once

#include "base/task.h"
#include "http/request.h"
#include "http/response.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::http {

using Handler = std::function<Task<Response>(RequestPtr)>;

/// What a path and a method lead to.
struct Match {
    /// Null: no such path, or not with this method. For no such path also the one of
    /// set_not_found(), then with an empty pattern.
    const Handler* handler = nullptr;
    std::string_view pattern;       ///< empty if no pattern matches the path
    std::vector<std::string> args;  ///< values of `:name`, percent-decoded
    std::vector<Method> allowed;    ///< the methods that the path has, when handler is null
};

/// Patterns like "/api/v1/statuses/:id/context"; a last part "*name" takes the rest of the path.
/// A literal part wins over `:name`. A trailing slash of the path is ignored; HEAD is answered by
/// the GET handler. Filled before the server starts, read-only afterwards.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Adding the same method and pattern twice is a bug and throws std::logic_error.
    void add(Method method, std::string_view pattern, Handler handler);

    /// Answers every path that no pattern matches, whatever the method, in place of the server's
    /// own 404.
    void set_not_found(Handler handler);

    [[nodiscard]] Match match(Method method, std::string_view path) const;

    /// Every route as "GET /path", sorted: for documents and tests.
    [[nodiscard]] std::vector<std::string> list() const;

private:
    struct Node;
    struct Search;
    static void search(const Node& node, std::string_view rest, Search& found);

    std::unique_ptr<Node> root_;
    Handler not_found_;
};

}  // namespace rookery::http
