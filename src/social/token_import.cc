#include "social/token_import.h"

#include "base/encoding.h"
#include "social/sessions_codec.h"
#include "social/sessions_state.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

constexpr int kAttemptsMax = 8;
constexpr std::string_view kSeparators = " \t,;\r";
/// Longer ones might not fit into a header.
constexpr std::size_t kTokenBytesMax = 1024;

std::string_view next_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(kSeparators));
    text.remove_prefix(word.size());
    return word;
}

/// RFC 6750, section 2.1: what may stand in an Authorization header.
bool is_token_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~+/=").contains(c);
}

}  // namespace

Result<std::optional<ImportedToken>> parse_token_line(std::string_view line) {
    const std::string_view id = next_word(line);
    if (id.empty() || id.front() == '#') {
        return std::optional<ImportedToken>();
    }
    const auto account = parse_id<AccountId>(id);
    if (!account || !*account) {
        return fail(ErrorCode::kInvalid, "begins with no account's id");
    }
    const std::string_view token = next_word(line);
    if (token.empty() || token.size() > kTokenBytesMax) {
        return fail(ErrorCode::kInvalid, "has no token of 1 to 1024 characters");
    }
    if (!std::ranges::all_of(token, is_token_character)) {
        return fail(ErrorCode::kInvalid, "has a token with characters that no token may have");
    }
    return std::optional(ImportedToken{*account, std::string(token)});
}

TokenImport::TokenImport(Environment environment, std::string name, Session like)
    : environment_(std::move(environment)), name_(std::move(name)), like_(std::move(like)) {}

Task<Result<ImportProgress>> TokenImport::begin() {
    CO_TRY(key_, import_key("tokens " + name_));
    CO_TRY(stored_progress_, co_await environment_.store.get(key_));
    if (stored_progress_) {
        CO_TRY(progress_, decode_import_progress(*stored_progress_));
    }
    co_return progress_;
}

Task<Result<void>> TokenImport::add(std::vector<ImportedToken> tokens, std::uint64_t lines_done) {
    CO_CHECK(co_await check_accounts(&tokens));
    std::vector<Hashed> hashed;
    hashed.reserve(tokens.size());
    for (const ImportedToken& given : tokens) {
        hashed.push_back({given.account, sha256(given.token)});
    }
    // In the order of keys, which the store inserts fastest.
    std::ranges::sort(hashed, {}, &Hashed::hash);
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        CO_CHECK(co_await drop_existing(&hashed));
        ImportProgress after = progress_;
        after.lines = lines_done;
        after.made += hashed.size();
        after.skipped += tokens.size() - hashed.size();
        ports::Batch batch = batch_of(hashed, after);
        const auto committed = co_await environment_.store.commit(std::move(batch));
        if (committed) {
            progress_ = after;
            stored_progress_ = encode(after);
            co_return Result<void>();
        }
        if (committed.error().code != ErrorCode::kConflict) {
            co_return committed.error();
        }
        CO_TRY(const auto stored, co_await environment_.store.get(key_));
        if (stored != stored_progress_) {
            co_return fail(ErrorCode::kConflict, "Another import of this name is under way");
        }
    }
    co_return fail(ErrorCode::kUnavailable, "Too many changes at once, please try again");
}

Task<Result<void>> TokenImport::check_accounts(const std::vector<ImportedToken>* tokens) {
    std::vector<ports::Key> keys;
    keys.reserve(tokens->size());
    for (const ImportedToken& given : *tokens) {
        keys.push_back({tables::kAccounts, tables::id_bytes(given.account), {}});
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i]) {
            co_return fail(
                ErrorCode::kInvalid,
                "there is no account " + to_string((*tokens)[i].account) + ": make it first"
            );
        }
    }
    co_return Result<void>();
}

Task<Result<void>> TokenImport::drop_existing(std::vector<Hashed>* tokens) {
    std::vector<ports::Key> keys;
    keys.reserve(tokens->size());
    for (const Hashed& token : *tokens) {
        keys.push_back(token_key(token.hash));
    }
    CO_TRY(const auto rows, co_await environment_.store.multi_get(std::move(keys)));
    std::vector<Hashed> kept;
    kept.reserve(tokens->size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Hashed& token = (*tokens)[i];
        AccountId holder;
        if (rows[i]) {
            CO_TRY(const Session session, decode_session(*rows[i]));
            holder = session.account;
        } else if (!kept.empty() && kept.back().hash == token.hash) {
            holder = kept.back().account;
        } else {
            kept.push_back(std::move(token));
            continue;
        }
        if (holder != token.account) {
            co_return fail(
                ErrorCode::kInvalid,
                "the token of account " + to_string(token.account) + " is another's already"
            );
        }
    }
    *tokens = std::move(kept);
    co_return Result<void>();
}

ports::Batch TokenImport::batch_of(const std::vector<Hashed>& tokens, const ImportProgress& after) {
    ports::Batch batch;
    if (stored_progress_) {
        batch.expect_equals(key_, *stored_progress_);
    } else {
        batch.expect_absent(key_);
    }
    batch.put(key_, encode(after));
    Session session = like_;
    session.created_at_ms = environment_.clock.now_ms();
    std::vector<std::pair<ports::Key, std::string>> by_account;
    by_account.reserve(tokens.size());
    for (const Hashed& token : tokens) {
        session.account = token.account;
        session.token_id = TokenId(environment_.ids.next());
        batch.expect_absent(token_key(token.hash));
        batch.put(token_key(token.hash), encode(session));
        by_account.emplace_back(account_token_key(token.account, session.token_id), token.hash);
    }
    std::ranges::sort(by_account, [](const auto& a, const auto& b) {
        return a.first.partition < b.first.partition;
    });
    for (auto& [key, hash] : by_account) {
        batch.put(std::move(key), std::move(hash));
    }
    return batch;
}

}  // namespace rookery::social
