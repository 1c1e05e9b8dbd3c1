#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace rookery::api::mastodon {

enum class StreamKind : std::uint8_t {
    kUser,
    kUserNotification,
    kPublic,
    kPublicLocal,
    kPublicRemote,  ///< always silent: every post here is local
    kPublicMedia,
    kPublicLocalMedia,
    kPublicRemoteMedia,
    kHashtag,
    kHashtagLocal,
    kList,
    kDirect,
};

/// What a client can subscribe to.
struct StreamTopic {
    StreamKind kind{};
    std::string argument;  ///< the tag in lower case, or the list's id; else empty

    /// Belongs to one account, whatever else it is about.
    [[nodiscard]] bool is_personal() const;
    /// The scope that a token needs for it.
    [[nodiscard]] std::string_view scope() const;
    /// `["hashtag","birds"]`: how messages name it.
    [[nodiscard]] std::string label() const;

    bool operator==(const StreamTopic&) const = default;
};

/// `name` as in ?stream= ("user:notification"), with the parameters that some need. kInvalid says
/// what is unknown or missing.
[[nodiscard]] Result<StreamTopic>
parse_topic(std::string_view name, std::string_view tag, std::string_view list);

}  // namespace rookery::api::mastodon

template <>
struct std::hash<rookery::api::mastodon::StreamTopic> {
    std::size_t operator()(const rookery::api::mastodon::StreamTopic& topic) const noexcept {
        return std::hash<std::string>{}(topic.argument) * 31 + static_cast<std::size_t>(topic.kind);
    }
};
