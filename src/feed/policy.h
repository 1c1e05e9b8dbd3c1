#pragma once

#include <cstdint>
#include <memory>

namespace rookery::feed {

/// What is known of an edge when it is decided how posts travel along it.
struct EdgeFacts {
    std::int64_t author_followers = 0;
    double author_posts_per_hour = 0;
    double reader_opens_per_hour = 0;
};

/// Decides along which edges posts are pushed into the reader's inbox; along the others they are
/// pulled at reading. Thread-safe and pure but for its configuration.
class Policy {
public:
    virtual ~Policy() = default;
    [[nodiscard]] virtual bool should_push(const EdgeFacts& edge) const = 0;
    [[nodiscard]] virtual const char* name() const = 0;
};

}  // namespace rookery::feed
