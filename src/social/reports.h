#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/task.h"
#include "social/environment.h"
#include "social/paging.h"

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

    [[nodiscard]] UnixMs created_at_ms() const { return id_time_ms(id.value); }

    bool operator==(const Report&) const = default;
};

[[nodiscard]] std::string encode(const Report& report);
[[nodiscard]] Result<Report> decode_report(std::string_view bytes);

/// Reports to the operator. Thread-safe.
class Reports {
public:
    explicit Reports(Environment environment) : environment_(environment) {}

    /// `report.id` is set here.
    [[nodiscard]] Task<Result<Report>> file(Report report) const;
    /// Newest first.
    [[nodiscard]] Task<Result<std::vector<Report>>> list(PageRequest page) const;

private:
    Environment environment_;
};

}  // namespace rookery::social
