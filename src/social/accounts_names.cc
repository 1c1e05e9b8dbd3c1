#include "base/encoding.h"
#include "social/accounts.h"
#include "social/accounts_state.h"

#include <iterator>
#include <utility>

namespace rookery::social {

namespace {

// The partitions of the table of names, in the order of bytes.
constexpr std::string_view kFirstCharacters = "0123456789_abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kSearchBatch = 100;

}  // namespace

Task<Result<std::vector<Accounts::State::Name>>>
Accounts::State::names(std::string from, std::string until, std::size_t limit) {
    std::vector<Name> found;
    for (const char first : kFirstCharacters) {
        const std::string partition(1, first);
        const bool is_below = partition < from.substr(0, 1);
        if (is_below || found.size() >= limit || (!until.empty() && partition >= until)) {
            continue;
        }
        ports::Range range{
            .table = tables::kAccountNames,
            .partition = partition,
            .from = from,
            .until = until,
            .limit = limit - found.size()
        };
        CO_TRY(auto rows, co_await environment.store.scan(std::move(range)));
        for (ports::Row& row : rows) {
            found.push_back({std::move(row.sort), AccountId(tables::parse_id_bytes(row.value))});
        }
    }
    co_return found;
}

Task<Result<std::vector<AccountPtr>>>
Accounts::search_prefix(std::string prefix, std::size_t limit, std::size_t offset) {
    std::vector<AccountPtr> found;
    std::string from = ascii_lower(prefix);
    // Names are ASCII: the last byte is above all that may follow the prefix.
    const std::string until = from.empty() ? std::string() : from + '\x7F';
    bool is_last = limit == 0;
    while (!is_last) {
        CO_TRY(const auto names, co_await state_->names(from, until, kSearchBatch));
        is_last = names.size() < kSearchBatch;
        std::vector<AccountId> ids;
        ids.reserve(names.size());
        for (const State::Name& name : names) {
            ids.push_back(name.id);
            from = name.lower_name + '\0';
        }
        CO_TRY(auto accounts, co_await find_many(std::move(ids)));
        for (AccountPtr& account : accounts) {
            if (!account || account->suspended) {
                continue;
            }
            if (offset > 0) {
                --offset;
                continue;
            }
            found.push_back(std::move(account));
            if (found.size() == limit) {
                co_return found;
            }
        }
    }
    co_return found;
}

Task<Result<std::vector<AccountPtr>>> Accounts::list(std::string after, std::size_t limit) {
    std::string from = ascii_lower(after);
    if (!from.empty()) {
        from.push_back('\0');
    }
    CO_TRY(const auto names, co_await state_->names(std::move(from), {}, limit));
    std::vector<AccountId> ids;
    ids.reserve(names.size());
    for (const State::Name& name : names) {
        ids.push_back(name.id);
    }
    CO_TRY(auto accounts, co_await find_many(std::move(ids)));
    std::erase(accounts, nullptr);
    co_return accounts;
}

}  // namespace rookery::social
