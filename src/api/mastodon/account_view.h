#pragma once

#include "api/mastodon/api_config.h"
#include "api/mastodon/packed_text.h"
#include "base/json_writer.h"
#include "base/task.h"
#include "http/entity_tag.h"
#include "http/response.h"
#include "social/accounts.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rookery::api::mastodon {

/// An account entity, and what it was made of.
struct AccountFace {
    social::AccountPtr account;
    social::AccountCounts counts;
    std::string packed;      ///< the text, see AccountView::dictionary
    std::uint64_t hash = 0;  ///< of the text
};
using AccountFacePtr = std::shared_ptr<const AccountFace>;

/// Account entities as JSON, made once and kept packed: the home feed embeds twenty a page. What is
/// kept remembers the very account and the counts that it was made of, so nothing needs
/// invalidation. Thread-safe.
class AccountView {
public:
    /// Both outlive the view.
    AccountView(const ApiConfig& config, social::Accounts& accounts);
    ~AccountView();

    /// The entity of what the caller has already.
    [[nodiscard]] AccountFacePtr
    face(const social::AccountPtr& account, const social::AccountCounts& counts);

    /// What faces are packed by.
    [[nodiscard]] const TextDictionary& dictionary() const { return dictionary_; }

    [[nodiscard]] Task<Result<http::Fragment>> render(social::AccountPtr account);
    /// In the order of `accounts`; null where the account is null.
    [[nodiscard]] Task<Result<std::vector<http::Fragment>>> render_many(
        std::vector<social::AccountPtr> accounts
    );
    /// The accounts of `ids` in their order; those that are gone are left out.
    [[nodiscard]] Task<Result<std::vector<http::Fragment>>> render_ids(std::vector<AccountId> ids);

    /// CredentialAccount: with `source` and `role`, for the account's own eyes. Not cached.
    [[nodiscard]] Task<Result<std::string>>
    render_own(social::AccountPtr account, std::int64_t follow_requests);

private:
    class Cache;
    const ApiConfig& config_;
    social::Accounts& accounts_;
    const http::KeyedHash hash_;
    const TextDictionary dictionary_;
    std::unique_ptr<Cache> cache_;
};

/// The member "role": a Role entity.
void write_role(JsonWriter& json, social::Role role);

/// Public addresses of an account.
[[nodiscard]] std::string account_url(const ApiConfig& config, const social::Account& account);
[[nodiscard]] std::string account_uri(const ApiConfig& config, const social::Account& account);
[[nodiscard]] std::string avatar_url(const ApiConfig& config, const social::Account& account);
[[nodiscard]] std::string header_url(const ApiConfig& config, const social::Account& account);

}  // namespace rookery::api::mastodon
