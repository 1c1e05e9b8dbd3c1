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
    for (const auto& [field, verdict] : change) {
        policy.*field = verdict;
    }
    batch.put(key, encode(policy));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return policy;
}

}  // namespace rookery::notify
