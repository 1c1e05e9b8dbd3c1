#include "http/body_params.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <string>

namespace rookery::http {

namespace {

namespace json = boost::json;

constexpr std::size_t kDepthMax = 16;
/// Every leaf repeats the names above it, so that a long one would cost a body many times its size.
constexpr std::size_t kNameBytesMax = 1024;

/// Walks a tree and adds its leaves with their bracketed names.
class Flattener {
public:
    Flattener(std::size_t params_max, Params& out) : params_max_(params_max), out_(out) {}

    [[nodiscard]] Result<void> add_members(const std::string& prefix, const json::object& object) {
        for (const auto& [key, value] : object) {
            if (prefix.size() + key.size() > kNameBytesMax) {
                return fail(
                    ErrorCode::kInvalid,
                    fmt::format("A parameter's name is longer than {} bytes", kNameBytesMax)
                );
            }
            const std::string name =
                prefix.empty() ? std::string(key) : fmt::format("{}[{}]", prefix, std::string(key));
            if (auto added = add_value(name, value); !added) {
                return added;
            }
        }
        return {};
    }

private:
    [[nodiscard]] Result<void> add_value(const std::string& name, const json::value& value) {
        switch (value.kind()) {
            case json::kind::null:
                return {};
            case json::kind::bool_:
                return add_leaf(name, value.get_bool() ? "true" : "false");
            case json::kind::int64:
                return add_leaf(name, std::to_string(value.get_int64()));
            case json::kind::uint64:
                return add_leaf(name, std::to_string(value.get_uint64()));
            case json::kind::double_:
                return add_leaf(name, fmt::format("{}", value.get_double()));
            case json::kind::string:
                return add_leaf(name, std::string(value.get_string()));
            case json::kind::array:
                return add_elements(name, value.get_array());
            case json::kind::object:
                return add_members(name, value.get_object());
        }
        return {};
    }

    [[nodiscard]] Result<void> add_elements(const std::string& name, const json::array& array) {
        const std::string base = name.ends_with("[]") ? name.substr(0, name.size() - 2) : name;
        for (std::size_t i = 0; i < array.size(); ++i) {
            const bool nested = array[i].is_object() || array[i].is_array();
            const std::string element = nested ? fmt::format("{}[{}]", base, i) : base + "[]";
            if (auto added = add_value(element, array[i]); !added) {
                return added;
            }
        }
        return {};
    }

    [[nodiscard]] Result<void> add_leaf(const std::string& name, std::string text) {
        out_.add(name, std::move(text));
        if (out_.all().size() > params_max_) {
            return fail(ErrorCode::kTooLarge, "The request has too many parameters");
        }
        return {};
    }

    std::size_t params_max_;
    Params& out_;
};

}  // namespace

Result<void> parse_json_params(std::string_view text, std::size_t params_max, Params& out) {
    json::parse_options options;
    options.max_depth = kDepthMax;
    json::error_code error;
    json::stream_parser parser(json::storage_ptr(), options);
    const std::size_t used = parser.write_some(text.data(), text.size(), error);
    if (!error) {
        parser.finish(error);
    }
    const bool only_blanks_left =
        text.substr(std::min(used, text.size())).find_first_not_of(" \t\r\n") ==
        std::string_view::npos;
    if (error || !only_blanks_left) {
        return fail(
            ErrorCode::kInvalid,
            error == json::error::too_deep
                ? "The request body is JSON that is nested too deeply"
                : fmt::format("The request body is not valid JSON (near byte {})", used)
        );
    }
    const json::value tree = parser.release();
    if (!tree.is_object()) {
        return fail(ErrorCode::kInvalid, "The request body must be a JSON object");
    }
    return Flattener(params_max, out).add_members({}, tree.get_object());
}

}  // namespace rookery::http
