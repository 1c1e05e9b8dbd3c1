#pragma once

#include "api/mastodon/api.h"
#include "base/result.h"
#include "base/task.h"
#include "http/request.h"
#include "http/response.h"
#include "social/account.h"
#include "social/sessions.h"
#include "social/viewers.h"

#include <optional>
#include <string_view>

namespace rookery::api::mastodon {

/// One authenticated request on its way to a handler. Cheap to copy; handlers take it by value.
struct Call {
    Api& api;  ///< outlives every call
    http::RequestPtr request;
    social::SessionPtr session;  ///< null without a token
    social::AccountPtr account;  ///< null without a token, or with an app's own

    [[nodiscard]] const Services& services() const { return api.services; }
    [[nodiscard]] const http::Params& params() const { return request->params; }
    [[nodiscard]] bool signed_in() const { return account != nullptr; }
    /// 0 if nobody is signed in.
    [[nodiscard]] AccountId account_id() const { return account ? account->id : AccountId{}; }

    /// What decides what the signed-in person may see; null if nobody is signed in.
    [[nodiscard]] Task<Result<social::ViewerPtr>> viewer() const;
    /// The same if it is in memory or nobody is signed in, else nothing.
    [[nodiscard]] std::optional<social::ViewerPtr> viewer_at_once() const;

    /// The `index`th `:name` of the pattern as an id. kNotFound if it is none: no such thing has
    /// an id of another form.
    template <class IdType>
    [[nodiscard]] Result<IdType> path_id(std::size_t index = 0) const {
        const auto id = parse_id<IdType>(request->path_args.at(index));
        if (!id) {
            return fail(ErrorCode::kNotFound, "Record not found");
        }
        return *id;
    }
    /// The parameter `name` as an id: nothing if it is absent or empty, kInvalid if it is none.
    template <class IdType>
    [[nodiscard]] Result<std::optional<IdType>> param_id(std::string_view name) const {
        const std::string_view text = params().get_or(name, "");
        if (text.empty()) {
            return std::optional<IdType>{};
        }
        const auto id = parse_id<IdType>(text);
        if (!id) {
            return fail(
                ErrorCode::kInvalid, "Validation failed: " + std::string(name) + " is not an id"
            );
        }
        return std::optional<IdType>(*id);
    }
};

}  // namespace rookery::api::mastodon
