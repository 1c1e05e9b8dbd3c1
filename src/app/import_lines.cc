#include "app/import_lines.h"

#include "social/graph_import.h"
#include "social/post_import.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace rookery::app {

namespace {

class FollowsImport final : public LineImport {
public:
    FollowsImport(Core& core, std::string name) : import_(core.environment, std::move(name)) {}

    Task<Result<social::ImportProgress>> begin() override { return import_.begin(); }

    Task<Result<social::ImportProgress>>
    add(std::vector<std::string> lines, std::uint64_t lines_done) override {
        std::vector<social::ImportedEdge> edges;
        edges.reserve(lines.size());
        std::uint64_t number = lines_done - lines.size();
        for (const std::string& line : lines) {
            ++number;
            const auto edge = social::parse_edge(line);
            if (!edge) {
                co_return fail(
                    edge.error().code, fmt::format("line {}: {}", number, edge.error().message)
                );
            }
            if (*edge) {
                edges.push_back(**edge);
            }
        }
        CO_CHECK(co_await import_.add(std::move(edges), lines_done));
        co_return import_.progress();
    }

    Task<Result<social::ImportProgress>> finish() override { return import_.finish(); }

private:
    social::GraphImport import_;
};

class PostsImport final : public LineImport {
public:
    PostsImport(Core& core, std::string name)
        : import_(core.environment, core.accounts, core.posts, std::move(name)) {}

    Task<Result<social::ImportProgress>> begin() override { return import_.begin(); }

    Task<Result<social::ImportProgress>>
    add(std::vector<std::string> lines, std::uint64_t lines_done) override {
        CO_CHECK(co_await import_.add(std::move(lines), lines_done));
        co_return import_.progress();
    }

    Task<Result<social::ImportProgress>> finish() override { return import_.finish(); }

private:
    social::PostImport import_;
};

}  // namespace

Result<std::shared_ptr<LineImport>>
make_line_import(Core& core, std::string_view kind, std::string name) {
    // Two kinds of import may read files of one name.
    name = std::string(kind) + ":" + name;
    if (auto key = social::import_key(name); !key) {
        return std::move(key).error();
    }
    if (kind == "follows") {
        return std::make_shared<FollowsImport>(core, std::move(name));
    }
    if (kind == "posts") {
        return std::make_shared<PostsImport>(core, std::move(name));
    }
    return fail(ErrorCode::kInvalid, "kind must be follows or posts");
}

}  // namespace rookery::app
