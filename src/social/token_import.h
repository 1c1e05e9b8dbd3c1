#pragma once

#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/import_progress.h"
#include "social/sessions.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

struct ImportedToken {
    AccountId account;
    std::string token;

    bool operator==(const ImportedToken&) const = default;
};

/// A line of a list of tokens: an account's id and a token, separated by blanks, tabs or a comma;
/// nothing for an empty line or one that begins with '#'. kInvalid says what is wrong with the
/// line, without repeating the token.
[[nodiscard]] Result<std::optional<ImportedToken>> parse_token_line(std::string_view line);

/// Bulk creation of access tokens whose text is given: for migrations and load tests. The rows are
/// those of Sessions::issue, so that only the token's hash is stored. Skips tokens that the account
/// has already. One coroutine at a time uses an object.
class TokenImport {
public:
    /// `like` is what every session has but its account, id and time. `name` identifies the input:
    /// an import of the same name goes on where the last one stopped.
    TokenImport(Environment environment, std::string name, Session like);

    /// To be called first. What earlier runs did: skip that many lines of the input.
    [[nodiscard]] Task<Result<ImportProgress>> begin();

    /// Makes the tokens durable together with the note that the input is done up to and including
    /// line number `lines_done`. kInvalid if there is no such account or another has the token;
    /// kConflict if another import of this name is under way. Then none of these was made.
    [[nodiscard]] Task<Result<void>>
    add(std::vector<ImportedToken> tokens, std::uint64_t lines_done);

    [[nodiscard]] const ImportProgress& progress() const { return progress_; }

private:
    struct Hashed {
        AccountId account;
        std::string hash;
    };
    [[nodiscard]] Task<Result<void>> check_accounts(const std::vector<ImportedToken>* tokens);
    /// Takes out what is there already or comes twice.
    [[nodiscard]] Task<Result<void>> drop_existing(std::vector<Hashed>* tokens);
    [[nodiscard]] ports::Batch
    batch_of(const std::vector<Hashed>& tokens, const ImportProgress& after);

    Environment environment_;
    std::string name_;
    Session like_;
    ports::Key key_;
    ImportProgress progress_;
    std::optional<std::string> stored_progress_;  ///< as last read or written
};

}  // namespace rookery::social
