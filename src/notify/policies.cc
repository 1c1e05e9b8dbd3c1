#include "notify/policies.h"

#include "social/tables.h"

namespace rookery::notify {

namespace tables = social::tables;

ports::Key policy_key(AccountId owner) {
    return {tables::kNotificationPolicies, tables::id_bytes(owner), {}};
}

Task<Result<Policy>> Policies::find(AccountId owner) const {
    CO_TRY(const auto row, co_await environment_.store.get(policy_key(owner)));
    if (!row) {
        co_return Policy{};
    }
    co_return decode_policy(*row);
}

Task<Result<Policy>> Policies::change(AccountId owner, PolicyChange change) const {
    const ports::Key key = policy_key(owner);
    CO_TRY(const auto row, co_await environment_.store.get(key));
    Policy policy;
    ports::Batch batch;
    if (row) {
        CO_TRY(policy, decode_policy(*row));
        batch.expect_equals(key, *row);
    } else {
        batch.expect_absent(key);
    }
    policy.for_not_following = change.for_not_following.value_or(policy.for_not_following);
    policy.for_not_followers = change.for_not_followers.value_or(policy.for_not_followers);
    policy.for_new_accounts = change.for_new_accounts.value_or(policy.for_new_accounts);
    policy.for_private_mentions = change.for_private_mentions.value_or(policy.for_private_mentions);
    policy.for_limited_accounts = change.for_limited_accounts.value_or(policy.for_limited_accounts);
    batch.put(key, encode(policy));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return policy;
}

}  // namespace rookery::notify
