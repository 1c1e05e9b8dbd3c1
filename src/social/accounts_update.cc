#include "base/encoding.h"
#include "social/accounts.h"
#include "social/accounts_state.h"
#include "social/text/render.h"
#include "social/text/unicode.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

// Each attempt loses only to another change of the same account, which then has succeeded.
constexpr int kAttemptsMax = 20;

bool is_language(const std::string& code) {
    return code.empty() || ((code.size() == 2 || code.size() == 3) &&
                            std::ranges::all_of(code, [](char c) { return c >= 'a' && c <= 'z'; }));
}

std::string one_line(const std::string& typed) {
    return normalize_display_name(typed);
}

void normalize_fields(AccountChanges& changes) {
    if (!changes.fields) {
        return;
    }
    for (auto& [name, value] : *changes.fields) {
        name = one_line(name);
        value = one_line(value);
    }
    std::erase_if(*changes.fields, [](const auto& field) {
        return field.first.empty() && field.second.empty();
    });
}

void normalize(AccountChanges& changes) {
    if (changes.display_name) {
        changes.display_name = normalize_display_name(*changes.display_name);
    }
    if (changes.note) {
        changes.note = text::normalize_input(*changes.note);
    }
    normalize_fields(changes);
}

void check_fields(
    const AccountChanges& changes,
    const AccountLimits& limits,
    std::vector<FieldError>& errors
) {
    if (!changes.fields) {
        return;
    }
    if (changes.fields->size() > limits.fields_max) {
        errors.push_back(
            {"fields",
             "ERR_TOO_LONG",
             "are too many (maximum is " + std::to_string(limits.fields_max) + ")"}
        );
    }
    for (const auto& [name, value] : *changes.fields) {
        if (name.empty()) {
            errors.push_back({"fields", "ERR_BLANK", "contains values with missing labels"});
        } else if (text::count_graphemes(name) > limits.field_characters_max) {
            errors.push_back(too_long("fields name", limits.field_characters_max));
        } else if (text::count_graphemes(value) > limits.field_characters_max) {
            errors.push_back(too_long("fields value", limits.field_characters_max));
        }
    }
}

std::vector<FieldError> check(const AccountChanges& changes, const AccountLimits& limits) {
    std::vector<FieldError> errors;
    if (changes.display_name) {
        check_display_name(*changes.display_name, limits, errors);
    }
    if (changes.note && text::count_characters(*changes.note) > limits.note_characters_max) {
        errors.push_back(too_long("note", limits.note_characters_max));
    }
    check_fields(changes, limits, errors);
    if (changes.default_language && !is_language(*changes.default_language)) {
        errors.push_back({"language", "ERR_INVALID", "is not a valid language code"});
    }
    if (changes.default_visibility == Visibility::kDirect) {
        errors.push_back({"privacy", "ERR_INCLUSION", "is not included in the list"});
    }
    return errors;
}

/// Names mentioned in what will be rendered.
std::vector<std::string> mentioned(const AccountChanges& changes, const std::string& host) {
    std::vector<std::string> names;
    const auto add = [&](const std::string& text) {
        for (std::string& name : text::find_mentions(text, host)) {
            names.push_back(std::move(name));
        }
    };
    add(changes.note.value_or(""));
    if (changes.fields) {
        for (const auto& field : *changes.fields) {
            add(field.second);
        }
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

/// The changed texts, rendered once however often the commit is tried.
struct Rendered {
    std::string note_html;
    std::vector<ProfileField> fields;
};

Rendered render(
    const AccountChanges& changes,
    const std::vector<text::KnownMention>& mentions,
    const std::string& host
) {
    Rendered rendered;
    if (changes.note) {
        rendered.note_html = text::render_html(*changes.note, mentions, host);
    }
    if (changes.fields) {
        for (const auto& [name, value] : *changes.fields) {
            rendered.fields.push_back({name, value, text::render_line_html(value, mentions, host)});
        }
    }
    return rendered;
}

template <class T>
void set(T& member, const std::optional<T>& change) {
    if (change) {
        member = *change;
    }
}

void apply(Account& account, const AccountChanges& changes, const Rendered& rendered) {
    set(account.display_name, changes.display_name);
    if (changes.note) {
        account.note = *changes.note;
        account.note_html = rendered.note_html;
    }
    if (changes.fields) {
        account.fields = rendered.fields;
    }
    set(account.locked, changes.locked);
    set(account.bot, changes.bot);
    set(account.discoverable, changes.discoverable);
    set(account.indexable, changes.indexable);
    set(account.hide_collections, changes.hide_collections);
    set(account.default_visibility, changes.default_visibility);
    set(account.default_sensitive, changes.default_sensitive);
    set(account.default_language, changes.default_language);
    set(account.role, changes.role);
    set(account.suspended, changes.suspended);
}

ports::Batch change(const Account& before, const std::string& row, const Account& after) {
    ports::Batch batch;
    batch.expect_equals(account_key(after.id), row);
    batch.put(account_key(after.id), encode(after));
    if (before.suspended != after.suspended) {
        batch.emit(encode(SocialEvent{.type = EventType::kAccountSuspended, .actor = after.id}));
    }
    Account otherwise = after;
    otherwise.suspended = before.suspended;
    if (otherwise != before) {
        batch.emit(encode(SocialEvent{.type = EventType::kAccountUpdated, .actor = after.id}));
    }
    return batch;
}

}  // namespace

Task<Result<AccountPtr>> Accounts::update(AccountId id, AccountChanges changes) {
    normalize(changes);
    const std::vector<FieldError> errors = check(changes, state_->limits);
    if (!errors.empty()) {
        co_return fail(ErrorCode::kInvalid, validation_message(errors));
    }
    std::vector<text::KnownMention> mentions;
    for (std::string& name : mentioned(changes, state_->environment.local_host)) {
        CO_TRY(const AccountId known, co_await state_->id_of_name(std::move(name)));
        if (known) {
            CO_TRY(const AccountPtr account, co_await find(known));
            mentions.push_back({account->username, account->id});
        }
    }
    const Rendered rendered = render(changes, mentions, state_->environment.local_host);

    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
        CO_TRY(const auto row, co_await state_->environment.store.get(account_key(id)));
        if (!row) {
            co_return fail(ErrorCode::kNotFound, "Record not found");
        }
        CO_TRY(const Account before, decode_account(*row));
        Account after = before;
        apply(after, changes, rendered);
        if (after == before) {
            break;
        }
        const auto done = co_await state_->environment.store.commit(change(before, *row, after));
        if (done) {
            break;
        }
        if (done.error().code != ErrorCode::kConflict || attempt + 1 == kAttemptsMax) {
            co_return done.error();
        }
    }
    co_return co_await find(id);
}

}  // namespace rookery::social
