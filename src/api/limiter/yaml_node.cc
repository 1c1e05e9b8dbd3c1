#include "api/limiter/yaml_node.h"

#include "base/encoding.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>

namespace rookery::api::limiter {

namespace {

/// Maps that one map may merge, and that those merge: by aliases a short file can name very many.
constexpr int kMergedMax = 1000;

Error error_at(const std::string& file, const YAML::Mark& mark, std::string_view what) {
    return fail(
        ErrorCode::kInvalid,
        // What does not stand anywhere is missing in an empty file.
        fmt::format("{}:{}: {}", file, mark.is_null() ? 1 : mark.line + 1, what)
    );
}

/// For whom it matters only that something was read.
class Listener final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&)
        override {}
    void OnSequenceStart(
        const YAML::Mark&,
        const std::string&,
        YAML::anchor_t,
        YAML::EmitterStyle::value
    ) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(
        const YAML::Mark&,
        const std::string&,
        YAML::anchor_t,
        YAML::EmitterStyle::value
    ) override {}
    void OnMapEnd() override {}
};

/// YAML::LoadAll() would tell, but does not come to an end where a document begins with a comma.
bool has_more_documents(const std::string& bytes) {
    std::istringstream stream(bytes);
    YAML::Parser parser(stream);
    Listener listener;
    return parser.HandleNextDocument(listener) && parser.HandleNextDocument(listener);
}

std::optional<std::uint64_t> to_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

}  // namespace

Result<YamlNode> YamlNode::parse(std::string_view text, std::string file) {
    const std::string bytes(text);
    try {
        YamlNode root(YAML::Load(bytes), std::make_shared<const std::string>(file));
        if (has_more_documents(bytes)) {
            return root.wrong("a file has one document only");
        }
        return root;
    } catch (const YAML::Exception& error) {
        return error_at(file, error.mark, "this is no YAML: " + error.msg);
    }
}

bool YamlNode::is_null() const {
    return node_.IsNull();
}

Error YamlNode::wrong(std::string_view what) const {
    return error_at(*file_, node_.Mark(), what);
}

Result<std::vector<YamlNode::Member>> YamlNode::members() const {
    std::vector<Member> members;
    int maps_left = kMergedMax;
    if (auto added = add_members(members, maps_left); !added) {
        return std::move(added).error();
    }
    return members;
}

Result<void> YamlNode::add_members(std::vector<Member>& out, int& maps_left) const {
    if (node_.IsNull()) {
        return {};
    }
    if (!node_.IsMap()) {
        return wrong("a map of names and values belongs here");
    }
    if (--maps_left < 0) {
        return wrong("this merges too many maps");
    }
    const std::size_t first = out.size();
    std::vector<YamlNode> merged;
    for (const auto& pair : node_) {
        const YamlNode key(pair.first, file_);
        const YamlNode value(pair.second, file_);
        if (!pair.first.IsScalar()) {
            return key.wrong("a name must be a text");
        }
        const std::string& name = pair.first.Scalar();
        if (name == "<<") {
            merged.push_back(value);
            continue;
        }
        const auto is_same = [&](const Member& member) { return member.name == name; };
        if (std::any_of(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), is_same)) {
            return key.wrong(fmt::format("{} stands here twice", name));
        }
        // What a map says itself goes before what it merges.
        if (std::none_of(out.begin(), out.end(), is_same)) {
            out.push_back({name, key, value});
        }
    }
    for (const YamlNode& source : merged) {
        if (source.node_.IsSequence()) {
            TRY(const auto sources, source.items());
            for (const YamlNode& item : sources) {
                if (auto added = item.add_members(out, maps_left); !added) {
                    return std::move(added).error();
                }
            }
        } else {
            if (auto added = source.add_members(out, maps_left); !added) {
                return std::move(added).error();
            }
        }
    }
    return {};
}

Result<std::vector<YamlNode>> YamlNode::items() const {
    std::vector<YamlNode> items;
    if (node_.IsNull()) {
        return items;
    }
    if (!node_.IsSequence()) {
        return wrong("a list belongs here");
    }
    for (const YAML::Node& item : node_) {
        items.push_back(YamlNode(item, file_));
    }
    return items;
}

Result<std::string> YamlNode::text() const {
    if (node_.IsNull()) {
        return std::string();
    }
    if (!node_.IsScalar()) {
        return wrong("a text belongs here");
    }
    if (!is_valid_utf8(node_.Scalar())) {
        return wrong("this text is not UTF-8");
    }
    return node_.Scalar();
}

Result<std::uint64_t> YamlNode::number(std::uint64_t least, std::uint64_t most) const {
    const auto number = node_.IsScalar() ? to_number(node_.Scalar()) : std::nullopt;
    if (!number || *number < least || *number > most) {
        return wrong(fmt::format("a whole number from {} to {} belongs here", least, most));
    }
    return *number;
}

Result<bool> YamlNode::boolean() const {
    if (node_.IsScalar()) {
        const std::string word = ascii_lower(node_.Scalar());
        if (word == "true" || word == "yes" || word == "on") {
            return true;
        }
        if (word == "false" || word == "no" || word == "off") {
            return false;
        }
    }
    return wrong("true or false belongs here");
}

}  // namespace rookery::api::limiter
