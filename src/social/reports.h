#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/paging.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rookery::social {

/// What somebody told the moderators about somebody else.
struct Report {
    RelationId id;
    AccountId reporter;
    AccountId target;
    std::string category;  ///< "spam", "legal", "violation" or "other"
    std::string comment;
    std::vector<PostId> posts;
    std::vector<std::string> rule_ids;
    AccountId assigned_to;      ///< the moderator who looks after it; 0: nobody
    AccountId resolved_by;      ///< 0: it is open
    UnixMs resolved_at_ms = 0;  ///< 0: it is open
    UnixMs changed_at_ms = 0;   ///< by a moderator; 0: never

    [[nodiscard]] UnixMs created_at_ms() const { return id_time_ms(id.value); }

    bool operator==(const Report&) const = default;
};

[[nodiscard]] std::string encode(const Report& report);
[[nodiscard]] Result<Report> decode_report(std::string_view bytes);

struct ReportQuery {
    std::optional<bool> resolved;
    AccountId reporter;  ///< 0: anybody
    AccountId target;    ///< 0: anybody
};

/// Reports to the moderators. Thread-safe.
class Reports {
public:
    explicit Reports(Environment environment) : environment_(environment) {}

    /// `report.id` is set here.
    [[nodiscard]] Task<Result<Report>> file(Report report) const;
    /// Newest first; a page is filled after filtering, so a short one is the last.
    [[nodiscard]] Task<Result<std::vector<Report>>> list(PageRequest page, ReportQuery query = {})
        const;
    /// kNotFound if there is none.
    [[nodiscard]] Task<Result<Report>> find(RelationId id) const;

    // Each returns the report as it is afterwards; kNotFound if there is none, kConflict if
    // another moderator changed it at the same moment.
    /// `moderator` 0: to nobody.
    [[nodiscard]] Task<Result<Report>> assign(RelationId id, AccountId moderator) const;
    [[nodiscard]] Task<Result<Report>> resolve(RelationId id, AccountId moderator) const;
    [[nodiscard]] Task<Result<Report>> reopen(RelationId id) const;

private:
    using Change = void (*)(Report& report, AccountId moderator, UnixMs now_ms);
    [[nodiscard]] Task<Result<Report>> change(RelationId id, AccountId moderator, Change apply)
        const;

    Environment environment_;
};

}  // namespace rookery::social
