#include "social/reports.h"

#include "base/codec.h"
#include "social/relation_page.h"
#include "social/tables.h"

#include <algorithm>
#include <utility>

namespace rookery::social {

namespace {

constexpr std::uint8_t kFormat = 1;

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
    if (format != kFormat || !reader.complete()) {
        return fail(ErrorCode::kCorrupt, "A stored record is damaged", "report");
    }
    return report;
}

Task<Result<Report>> Reports::file(Report report) const {
    report.id = RelationId(environment_.ids.next());
    ports::Batch batch;
    batch.put({tables::kReports, "", tables::newest_first(report.id)}, encode(report));
    CO_TRY(const auto event, co_await environment_.store.commit(std::move(batch)));
    static_cast<void>(event);
    co_return report;
}

Task<Result<std::vector<Report>>> Reports::list(PageRequest page) const {
    auto range = page_range(tables::kReports, "", page);
    CO_TRY(const auto rows, co_await environment_.store.scan(std::move(range)));
    std::vector<Report> reports;
    for (const ports::Row& row : rows) {
        CO_TRY(auto report, decode_report(row.value));
        reports.push_back(std::move(report));
    }
    if (page.min_id != 0) {
        std::ranges::reverse(reports);
    }
    co_return reports;
}

}  // namespace rookery::social
