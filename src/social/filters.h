#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

/// Where a filter applies. Bits are part of the stored format.
enum class FilterContext : std::uint8_t {
    kHome = 1,
    kNotifications = 2,
    kPublic = 4,
    kThread = 8,
    kAccount = 16,
};
/// "home", "notifications", "public", "thread", "account".
[[nodiscard]] std::string_view to_string(FilterContext context);
[[nodiscard]] std::optional<FilterContext> parse_filter_context(std::string_view text);
inline constexpr FilterContext kFilterContexts[] = {
    FilterContext::kHome,
    FilterContext::kNotifications,
    FilterContext::kPublic,
    FilterContext::kThread,
    FilterContext::kAccount,
};

/// What a client does with what matches. Numbers are part of the stored format.
enum class FilterAction : std::uint8_t { kWarn = 0, kHide = 1, kBlur = 2 };
[[nodiscard]] std::string_view to_string(FilterAction action);
[[nodiscard]] std::optional<FilterAction> parse_filter_action(std::string_view text);

struct FilterKeyword {
    RelationId id;
    std::string keyword;
    bool whole_word = true;

    bool operator==(const FilterKeyword&) const = default;
};

struct FilterPost {
    RelationId id;
    PostId post;

    bool operator==(const FilterPost&) const = default;
};

/// What somebody does not want to read.
struct Filter {
    RelationId id;
    std::string title;
    std::uint8_t contexts = 0;  ///< bits of FilterContext
    FilterAction action = FilterAction::kWarn;
    UnixMs expires_at_ms = 0;  ///< 0: never
    std::vector<FilterKeyword> keywords;
    std::vector<FilterPost> posts;

    [[nodiscard]] bool applies_in(FilterContext context) const {
        return (contexts & static_cast<std::uint8_t>(context)) != 0;
    }

    bool operator==(const Filter&) const = default;
};

[[nodiscard]] std::string encode(const Filter& filter);
[[nodiscard]] Result<Filter> decode_filter(std::string_view bytes);

struct FilterLimits {
    std::size_t filters_max = 100;     ///< of one account
    std::size_t keywords_max = 200;    ///< and posts, of one filter
    std::size_t text_bytes_max = 512;  ///< of a title or a keyword
};

/// People's filters. Thread-safe.
class Filters {
public:
    Filters(Environment environment, FilterLimits limits)
        : environment_(environment), limits_(limits) {}

    /// Oldest first.
    [[nodiscard]] Task<Result<std::vector<Filter>>> all(AccountId owner) const;
    /// kNotFound if `owner` has no such filter.
    [[nodiscard]] Task<Result<Filter>> find(AccountId owner, RelationId id) const;
    /// Ids of the filter, its keywords and posts are set here where they are 0. kInvalid names what
    /// is wrong.
    [[nodiscard]] Task<Result<Filter>> create(AccountId owner, Filter filter) const;
    /// Reads, changes and writes; `edit` may be called several times. The rest as create().
    [[nodiscard]] Task<Result<Filter>>
    change(AccountId owner, RelationId id, std::function<Result<void>(Filter&)> edit) const;
    /// kNotFound if there is none.
    [[nodiscard]] Task<Result<void>> remove(AccountId owner, RelationId id) const;

    /// The filter that has this keyword or this post entry; kNotFound if none.
    [[nodiscard]] Task<Result<Filter>> with_keyword(AccountId owner, RelationId keyword) const;
    [[nodiscard]] Task<Result<Filter>> with_post(AccountId owner, RelationId entry) const;

private:
    [[nodiscard]] Result<void> complete(Filter& filter) const;

    Environment environment_;
    FilterLimits limits_;
};

}  // namespace rookery::social
