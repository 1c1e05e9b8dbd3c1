#pragma once

#include "api/mastodon/api_config.h"
#include "base/json_writer.h"
#include "base/task.h"
#include "http/response.h"
#include "social/accounts.h"
#include "social/event.h"

#include <memory>
#include <vector>

namespace rookery::api::mastodon {

/// Account entities as JSON, made once and shared until something in them changes: the home feed
/// embeds twenty a page. Thread-safe.
class AccountView {
public:
    /// Both outlive the view.
    AccountView(const ApiConfig& config, social::Accounts& accounts);
    ~AccountView();

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

    /// To be called after Accounts::on_committed for the same event.
    void on_committed(const social::SocialEvent& event);

private:
    class Cache;
    const ApiConfig& config_;
    social::Accounts& accounts_;
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
