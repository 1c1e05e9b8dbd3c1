#include "app/data_check.h"

#include "notify/policy.h"
#include "social/account.h"
#include "social/conversations.h"
#include "social/follows.h"
#include "social/post_rows.h"
#include "social/reactions.h"
#include "social/reports.h"
#include "social/tables.h"

#include <fmt/format.h>

#include <utility>

namespace rookery::app {

namespace {

namespace tables = social::tables;
using ports::Key;
using tables::id_bytes;
using tables::newest_first;

Error corrupt(std::string what) {
    return fail(ErrorCode::kCorrupt, std::move(what));
}

template <class T>
Result<void> parsed(const Result<T>& result) {
    if (!result) {
        return result.error();
    }
    return {};
}

std::string counters_text(const ports::Counters& counters) {
    return fmt::format("{}/{}/{}/{}", counters[0], counters[1], counters[2], counters[3]);
}

void append_differences(std::vector<std::string>& out, std::string_view what, const auto& counts) {
    for (const auto& [id, counted] : counts) {
        if (counted.stored != counted.found) {
            out.push_back(fmt::format(
                "counts of {} {}: stored {}, counted {}",
                what,
                id,
                counters_text(counted.stored),
                counters_text(counted.found)
            ));
        }
    }
}

}  // namespace

std::uint64_t DataCheck::Row::partition_id() const {
    return tables::parse_id_bytes(key.partition);
}

bool DataCheck::Row::has(const Key& other) const {
    return lookup(other).has_value();
}

Result<void> DataCheck::Row::expect(const Key& other, const std::string* expected) const {
    const auto found = lookup(other);
    const int table = static_cast<int>(other.table);
    if (!found) {
        return corrupt(fmt::format("its row in table {} is missing", table));
    }
    if (expected != nullptr && *found != *expected) {
        return corrupt(fmt::format("its row in table {} says something else", table));
    }
    return {};
}

Result<void>
DataCheck::check_row(const Key& key, std::string_view value, const store::RowLookup& lookup) {
    const Row row{key, value, lookup};
    const Key* k = &row.key;
    if (k->table <= tables::kTokensByAccount || k->table == tables::kAccountCounters) {
        return check_people(row);
    }
    if (k->table >= tables::kFollows && k->table <= tables::kMuteList) {
        return check_edges(row);
    }
    if (k->table >= tables::kPosts && k->table <= tables::kTagPosts) {
        return check_posts(row);
    }
    return check_reactions(row);
}

Result<void> DataCheck::check_people(const Row& row) {
    const Key& key = row.key;
    if (key.table == tables::kAccounts) {
        TRY(const social::Account account, social::decode_account(row.value));
        if (account.id.value != row.partition_id()) {
            return corrupt("the account has another id than its key");
        }
        return {};
    }
    if (key.table == tables::kAccountNames || key.table == tables::kEmails) {
        return row.expect({tables::kAccounts, std::string(row.value), ""});
    }
    if (key.table == tables::kTokensByAccount) {
        return row.expect({tables::kTokens, std::string(row.value), ""});
    }
    if (key.table == tables::kAccountCounters) {
        TRY(accounts_[row.partition_id()].stored, ports::decode_counters(row.value));
    }
    return {};
}

Result<void> DataCheck::check_edges(const Row& row) {
    const Key& key = row.key;
    const std::string& first = key.partition;
    if (key.table == tables::kFollows) {
        TRY(const social::Follow follow, social::decode_follow(row.value));
        ++accounts_[row.partition_id()].found[1];
        ++accounts_[tables::parse_id_bytes(key.sort)].found[0];
        const std::string sort = newest_first(follow.id);
        if (auto there = row.expect({tables::kFollowing, first, sort}, &key.sort); !there) {
            return there;
        }
        return row.expect({tables::kFollowers, key.sort, sort}, &first);
    }
    if (key.table == tables::kFollowing) {
        return row.expect({tables::kFollows, first, std::string(row.value)});
    }
    if (key.table == tables::kFollowers) {
        return row.expect({tables::kFollows, std::string(row.value), first});
    }
    if (key.table == tables::kRequestedFollows) {
        TRY(const social::Follow request, social::decode_follow(row.value));
        return row.expect({tables::kFollowRequests, key.sort, newest_first(request.id)}, &first);
    }
    if (key.table == tables::kBlocks) {
        const std::uint64_t id = tables::parse_id_bytes(row.value);
        if (auto there = row.expect({tables::kBlockList, first, newest_first(id)}, &key.sort);
            !there) {
            return there;
        }
        return row.expect({tables::kBlockedBy, key.sort, first});
    }
    if (key.table == tables::kMutes) {
        TRY(const social::Mute mute, social::decode_mute(row.value));
        return row.expect({tables::kMuteList, first, newest_first(mute.id)}, &key.sort);
    }
    return {};
}

Result<void> DataCheck::check_posts(const Row& row) {
    const Key& key = row.key;
    const auto post_of_sort = [&] {
        return social::post_key(PostId(tables::parse_newest_first(key.sort)));
    };
    if (key.table == tables::kPosts) {
        return check_post(row);
    }
    if (key.table == tables::kPostCounters) {
        TRY(posts_[row.partition_id()].stored, ports::decode_counters(row.value));
        return {};
    }
    if (key.table == tables::kThreads) {
        return row.expect(social::post_key(PostId(tables::parse_id_bytes(key.sort))));
    }
    if (key.table == tables::kPostEdits) {
        return parsed(social::decode_post_edit(row.value));
    }
    return row.expect(post_of_sort());
}

Result<void> DataCheck::check_post(const Row& row) {
    TRY(const social::Post post, social::decode_post(row.value));
    if (post.id.value != row.partition_id()) {
        return corrupt("the post has another id than its key");
    }
    ports::Batch rows;
    social::load_post(rows, post);
    const PostId related = social::related_post(post);
    const bool related_exists = related && row.has(social::post_key(related));
    Result<void> problem;
    for (const ports::Batch::Operation& operation : rows.operations) {
        const Key& other = operation.key;
        if (operation.kind == ports::Batch::Operation::kPut) {
            auto there = row.expect(other, &operation.value);
            problem = problem ? there : problem;
        } else if (other.table == tables::kAccountCounters) {
            Counted& author = accounts_[tables::parse_id_bytes(other.partition)];
            author.found = ports::sum(author.found, operation.delta);
        } else if (related_exists) {
            Counted& counted = posts_[tables::parse_id_bytes(other.partition)];
            counted.found = ports::sum(counted.found, operation.delta);
        }
    }
    return problem ? row.expect({tables::kAccounts, id_bytes(post.author), ""}) : problem;
}

Result<void> DataCheck::check_reactions(const Row& row) {
    const Key& key = row.key;
    if (key.table == tables::kMarks) {
        TRY(const social::Marks marks, social::decode_marks(row.value));
        const std::string post = id_bytes(tables::parse_newest_first(key.sort));
        if (marks.favourite) {
            const std::string sort = newest_first(marks.favourite);
            if (auto there = row.expect({tables::kFavourites, key.partition, sort}, &post);
                !there) {
                return there;
            }
            return row.expect({tables::kFavouritedBy, post, sort}, &key.partition);
        }
        return {};
    }
    if (key.table == tables::kFavouritedBy) {
        if (row.has(social::post_key(PostId(row.partition_id())))) {
            ++posts_[row.partition_id()].found[2];
        }
        return row.expect({tables::kAccounts, std::string(row.value), ""});
    }
    if (key.table == tables::kBookmarkedBy) {
        return row.expect({tables::kBookmarks, std::string(row.value), key.sort}, &key.partition);
    }
    if (key.table == tables::kConversations) {
        return parsed(social::decode_conversation(row.value));
    }
    if (key.table == tables::kReports) {
        return parsed(social::decode_report(row.value));
    }
    return check_notifications(row);
}

Result<void> DataCheck::check_notifications(const Row& row) {
    const Key& key = row.key;
    if (key.table == tables::kNotifications) {
        const NotificationId id(tables::parse_newest_first(key.sort));
        return parsed(notify::decode_notification(id, row.value));
    }
    if (key.table == tables::kNotificationPolicies) {
        return parsed(notify::decode_policy(row.value));
    }
    constexpr std::size_t kIdBytes = sizeof(std::uint64_t);
    if (key.table == tables::kHeldNotifications && !key.sort.empty()) {
        return row.expect({tables::kNotifications, key.partition.substr(0, kIdBytes), key.sort});
    }
    return {};
}

std::vector<std::string> DataCheck::finish() const {
    std::vector<std::string> problems;
    append_differences(problems, "account (followers/following/posts)", accounts_);
    append_differences(problems, "post (replies/boosts/favourites)", posts_);
    return problems;
}

}  // namespace rookery::app
