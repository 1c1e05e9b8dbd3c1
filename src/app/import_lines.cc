#include "app/import_lines.h"

#include "social/graph_import.h"
#include "social/post_import.h"
#include "social/token_import.h"

#include <fmt/format.h>

#include <optional>
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
            if (const std::optional<social::ImportedEdge>& parsed = *edge) {
                edges.push_back(*parsed);
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
    PostsImport(Core& core, std::string name, bool is_alone)
        : import_(
              core.environment,
              core.accounts,
              core.posts,
              std::move(name),
              {.is_alone = is_alone}
          ) {}

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

/// Like the tokens that an operator makes one by one.
social::Session operator_session() {
    social::Session session;
    session.client_id = "operator";
    session.app_name = "rookery";
    session.scopes = kOperatorScopes;
    return session;
}

class TokensImport final : public LineImport {
public:
    TokensImport(Core& core, std::string name)
        : import_(core.environment, std::move(name), operator_session()) {}

    Task<Result<social::ImportProgress>> begin() override { return import_.begin(); }

    Task<Result<social::ImportProgress>>
    add(std::vector<std::string> lines, std::uint64_t lines_done) override {
        std::vector<social::ImportedToken> tokens;
        tokens.reserve(lines.size());
        std::uint64_t number = lines_done - lines.size();
        for (const std::string& line : lines) {
            ++number;
            auto token = social::parse_token_line(line);
            if (!token) {
                co_return fail(
                    token.error().code, fmt::format("line {} {}", number, token.error().message)
                );
            }
            if (std::optional<social::ImportedToken>& parsed = *token) {
                tokens.push_back(std::move(*parsed));
            }
        }
        CO_CHECK(co_await import_.add(std::move(tokens), lines_done));
        co_return import_.progress();
    }

    Task<Result<social::ImportProgress>> finish() override { co_return import_.progress(); }

private:
    social::TokenImport import_;
};

}  // namespace

std::string import_name(std::string_view kind, std::string_view name) {
    return fmt::format("{}:{}", kind, name);
}

Result<std::shared_ptr<LineImport>>
make_line_import(Core& core, std::string_view kind, std::string name, bool is_alone) {
    name = import_name(kind, name);
    if (auto key = social::import_key(name); !key) {
        return std::move(key).error();
    }
    if (kind == "follows") {
        return std::make_shared<FollowsImport>(core, std::move(name));
    }
    if (kind == "posts") {
        return std::make_shared<PostsImport>(core, std::move(name), is_alone);
    }
    if (kind == "tokens") {
        return std::make_shared<TokensImport>(core, std::move(name));
    }
    return fail(ErrorCode::kInvalid, "kind must be follows, posts or tokens");
}

}  // namespace rookery::app
