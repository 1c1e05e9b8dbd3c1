#include "social/reports.h"

#include "base/codec.h"
#include "social/relation_page.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::uint8_t kFormat = 1;

ports::Key report_key(RelationId id) {
    return {tables::kReports, "", tables::newest_first(id)};
}

}  // namespace

std::string encode(const Report& report) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.byte(kFormat);
    writer.fixed64(report.id.value);
    writer.fixed64(report.reporter.value);
    writer.fixed64(report.target.value);
    writer.string(report.category);
    writer.string(report.comment);
    writer.varint(report.posts.size());
    for (const PostId post : report.posts) {
        writer.fixed64(post.value);
    }
    writer.varint(report.rule_ids.size());
    for (const std::string& rule : report.rule_ids) {
        writer.string(rule);
    }
    if (report.changed_at_ms != 0) {
        writer.fixed64(report.assigned_to.value);
        writer.fixed64(report.resolved_by.value);
        writer.signed_varint(report.resolved_at_ms);
        writer.signed_varint(report.changed_at_ms);
    }
    return bytes;
}

Result<Report> decode_report(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::uint8_t format = reader.byte();
    Report report;
    report.id.value = reader.fixed64();
    report.reporter.value = reader.fixed64();
    report.target.value = reader.fixed64();
    report.category = reader.string();
    report.comment = reader.string();
    for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left) {
        report.posts.emplace_back(reader.fixed64());
    }
    for (std::size_t left = reader.count(); left > 0 && reader.ok(); --left) {
        report.rule_ids.emplace_back(reader.string());
    }
    if (reader.ok() && !reader.complete()) {
        report.assigned_to.value = reader.fixed64();
        report.resolved_by.value = reader.fixed64();
        report.resolved_at_ms = reader.signed_varint();
        report.changed_at_ms = reader.signed_varint();
    }
    if (format != kFormat || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "A stored record is damaged", "report");
    }
    return report;
}

Task<Result<Report>> Reports::file(Report report) const {
    report.id = RelationId(environment_.ids.next());
    ports::Batch batch;
    batch.put(report_key(report.id), encode(report));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return report;
}

Task<Result<std::vector<Report>>> Reports::list(PageRequest page, ReportQuery query) const {
    constexpr std::size_t kChunkRows = 200;
    const auto is_wanted = [&query](const Report& report) {
        return (!query.resolved || *query.resolved == (report.resolved_at_ms != 0)) &&
               (!query.reporter || query.reporter == report.reporter) &&
               (!query.target || query.target == report.target);
    };
    const std::size_t limit = page.limit;
    page.limit = kChunkRows;
    std::vector<Report> reports;
    while (reports.size() < limit) {
        const ports::Range range = page_range(tables::kReports, "", page);
        if (!range.until.empty() && range.from >= range.until) {
            break;
        }
        CO_TRY(const auto rows, co_await environment_.store.scan(range));
        for (const ports::Row& row : rows) {
            CO_TRY(auto report, decode_report(row.value));
            (page.min_id != 0 ? page.min_id : page.max_id) = report.id.value;
            if (is_wanted(report) && reports.size() < limit) {
                reports.push_back(std::move(report));
            }
        }
        if (rows.size() < kChunkRows) {
            break;
        }
    }
    if (page.min_id != 0) {
        std::ranges::reverse(reports);
    }
    co_return reports;
}

Task<Result<Report>> Reports::find(RelationId id) const {
    CO_TRY(const auto row, co_await environment_.store.get(report_key(id)));
    if (!row) {
        co_return fail(ErrorCode::kNotFound, "Record not found");
    }
    co_return decode_report(*row);
}

Task<Result<Report>> Reports::change(RelationId id, AccountId moderator, Change apply) const {
    CO_TRY(Report report, co_await find(id));
    ports::Batch batch;
    batch.expect_equals(report_key(id), encode(report));
    const UnixMs now_ms = environment_.clock.now_ms();
    apply(report, moderator, now_ms);
    report.changed_at_ms = now_ms;
    batch.put(report_key(id), encode(report));
    CO_CHECK(co_await environment_.store.commit(std::move(batch)));
    co_return report;
}

Task<Result<Report>> Reports::assign(RelationId id, AccountId moderator) const {
    co_return co_await change(id, moderator, [](Report& report, AccountId who, UnixMs) {
        report.assigned_to = who;
    });
}

Task<Result<Report>> Reports::resolve(RelationId id, AccountId moderator) const {
    co_return co_await change(id, moderator, [](Report& report, AccountId who, UnixMs now_ms) {
        report.resolved_by = who;
        report.resolved_at_ms = now_ms;
    });
}

Task<Result<Report>> Reports::reopen(RelationId id) const {
    co_return co_await change(id, {}, [](Report& report, AccountId, UnixMs) {
        report.resolved_by = {};
        report.resolved_at_ms = 0;
    });
}

}  // namespace rookery::social
